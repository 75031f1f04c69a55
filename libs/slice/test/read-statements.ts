import ts from 'typescript';
import { StatementTexts } from './statement-texts.js';

/** A call that sends a statement and says what its rows have. */
export interface ReadStatement {
  /** `path:line`. */
  readonly place: string;
  /**
   * The properties of the row type; more than one list where it is a union, undefined where it has no names: a
   * type that a caller chooses, or a record of anything.
   */
  readonly promised: readonly (readonly string[])[] | undefined;
  /** What the statement may be, on each database; see {@link StatementTexts}. */
  readonly sqlite: readonly string[];
  readonly mssql: readonly string[];
}

function projectOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  // What is declared for everybody is of no use here, and takes time to read.
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, '.').options, types: [] };
}

/** The program of the files; `planted` are files that only exist in it, by path. */
function programOf(paths: readonly string[], planted: ReadonlyMap<string, string>): ts.Program {
  const options = projectOptions();
  const host = ts.createCompilerHost(options, true);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  const absolute = new Map([...planted].map(([path, text]) => [ts.sys.resolvePath(path), text]));
  host.fileExists = (path) => absolute.has(path) || fileExists(path);
  host.getSourceFile = (path, target, ...more) => {
    const text = absolute.get(ts.sys.resolvePath(path));
    return text === undefined
      ? getSourceFile(path, target, ...more)
      : ts.createSourceFile(path, text, target, true);
  };
  return ts.createProgram([...paths, ...planted.keys()], options, host);
}

/** Every call of `query` in these files whose argument is an `SqlStatement`. */
export function readStatements(
  paths: readonly string[],
  planted: ReadonlyMap<string, string> = new Map(),
): readonly ReadStatement[] {
  const program = programOf(paths, planted);
  const checker = program.getTypeChecker();
  const sqlite = new StatementTexts(checker, 'sqlite');
  const mssql = new StatementTexts(checker, 'mssql');
  const found: ReadStatement[] = [];
  for (const path of [...paths, ...planted.keys()]) {
    const file = program.getSourceFile(path);
    const visit = (node: ts.Node): void => {
      node.forEachChild(visit);
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
      const [statement] = node.arguments;
      if (node.expression.name.text !== 'query' || statement === undefined) return;
      if (!sqlite.isStatement(statement)) return;
      const row = rowOf(node, checker);
      if (row === undefined) return;
      const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
      found.push({
        place: `${path}:${line + 1}`,
        promised: namesOf(row, checker),
        sqlite: sqlite.of(statement),
        mssql: mssql.of(statement),
      });
    };
    if (file !== undefined) visit(file);
  }
  return found;
}

function namesOf(row: ts.Type, checker: ts.TypeChecker): ReadStatement['promised'] {
  const types = row.isUnion() ? row.types : [row];
  const hasNames = (type: ts.Type) =>
    (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection | ts.TypeFlags.NonPrimitive)) >
      0 && checker.getIndexInfosOfType(type).length === 0;
  if (!types.every(hasNames)) return undefined;
  return types.map((type) => checker.getPropertiesOfType(type).map(({ name }) => name));
}

/** The `Row` of a call that resolves with `Row[]`; undefined where it has another signature. */
function rowOf(call: ts.CallExpression, checker: ts.TypeChecker): ts.Type | undefined {
  const [written] = call.typeArguments ?? [];
  if (checker.getResolvedSignature(call)?.declaration?.typeParameters === undefined)
    return undefined;
  return written === undefined
    ? rowOfAnswer(checker.getTypeAtLocation(call), checker)
    : checker.getTypeFromTypeNode(written);
}

function rowOfAnswer(answer: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  const rows = checker.getAwaitedType(answer);
  return rows === undefined || !checker.isArrayType(rows)
    ? undefined
    : checker.getTypeArguments(rows as ts.TypeReference)[0];
}
