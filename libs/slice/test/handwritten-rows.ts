import ts from 'typescript';

type Columns = ReadonlySet<string>;

/** Members that are written out with types of the language: a named type says more than a column can. */
function spelledOut(type: ts.TypeNode, file: ts.SourceFile): readonly string[] {
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap((part) => spelledOut(part, file));
  if (ts.isTypeLiteralNode(type)) return type.members.flatMap(spelledMember);
  const name = type.getText(file);
  return file.statements.flatMap((statement) => {
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === name)
      return spelledOut(statement.type, file);
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name)
      return statement.members.flatMap(spelledMember);
    return [];
  });
}

function spelledMember(member: ts.TypeElement): readonly string[] {
  if (!ts.isPropertySignature(member) || member.type === undefined) return [];
  const types = ts.isUnionTypeNode(member.type) ? member.type.types : [member.type];
  return types.some(ts.isTypeReferenceNode) ? [] : [member.name.getText()];
}

/**
 * The columns that a file types by hand in the row of a statement, one line for each: the type is in the
 * entity. What the statement computes has a name that it gives it (`AS`), and a type in place.
 */
export function handwrittenRows(
  { path, text }: { readonly path: string; readonly text: string },
  tables: ReadonlyMap<string, Columns>,
): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /\bquery$/.test(node.expression.getText())) {
      const said = node.arguments[0]?.getText() ?? '';
      const statement = /\bFROM\b|insert\(/.test(said) ? said : text;
      const known = [...statement.matchAll(/(?:\b(?:FROM|JOIN)\s+|insert\(\s*')(\w+)/g)];
      const isColumn = (name: string) =>
        known.some(([, table = '']) => tables.get(table)?.has(name)) &&
        !new RegExp(`\\bAS ${name}\\b`).test(statement);
      for (const row of node.typeArguments ?? [])
        for (const name of spelledOut(row, file).filter(isColumn))
          found.push(`${path} types the column ${name} by hand: take it from RowOf<Entity, …>`);
    }
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}
