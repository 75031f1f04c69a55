import ts from 'typescript';
import type { Dialect } from '#libs/database';

/** Stands in a text for SQL that only a run knows. */
export const UNKNOWN = '\u0000';

/** What the parameters of the functions stand for that the statement is made in. */
type Scope = ReadonlyMap<ts.Symbol, { readonly argument: ts.Expression; readonly scope: Scope }>;

/** A statement that is put together in more ways is unknown. */
const MAX_TEXTS = 64;
const MAX_DEPTH = 12;

/**
 * Reads the texts that an expression of type `SqlStatement` may have, without running it: constants, functions
 * that return a statement, and both sides of a condition are followed; a value is `?`, and SQL that only a run
 * knows is {@link UNKNOWN}.
 */
export class StatementTexts {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly dialect: Dialect,
  ) {}

  of(statement: ts.Expression): readonly string[] {
    return [...new Set(this.read(statement, new Map(), 0))];
  }

  isStatement(expression: ts.Expression): boolean {
    const type = this.checker.getTypeAtLocation(expression);
    const parts = type.isUnion() ? type.types : [type];
    return parts.some(({ symbol }) => (symbol as ts.Symbol | undefined)?.name === 'SqlStatement');
  }

  private read(node: ts.Expression, scope: Scope, depth: number): readonly string[] {
    if (depth > MAX_DEPTH) return [UNKNOWN];
    const next = (other: ts.Expression) => this.read(other, scope, depth + 1);
    if (ts.isTaggedTemplateExpression(node)) return this.readTemplate(node.template, scope, depth);
    if (ts.isConditionalExpression(node)) return [...next(node.whenTrue), ...next(node.whenFalse)];
    if (ts.isBinaryExpression(node)) return [...next(node.left), ...next(node.right)];
    if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node))
      return next(node.expression);
    if (ts.isCallExpression(node)) {
      const builder = /^sql\.(\w+)$/.exec(node.expression.getText())?.[1];
      return builder === undefined
        ? this.readCall(node, scope, depth)
        : this.readBuilder(builder, node.arguments, scope, depth);
    }
    if (node.getText() === 'sql.empty') return [''];
    return this.readName(node, scope, depth);
  }

  private readTemplate(
    template: ts.TemplateLiteral,
    scope: Scope,
    depth: number,
  ): readonly string[] {
    if (!ts.isTemplateExpression(template)) return [template.text];
    return combined(
      template.templateSpans.flatMap(({ expression, literal }) => [
        this.isStatement(expression) ? this.read(expression, scope, depth + 1) : ['?'],
        [literal.text],
      ]),
      template.head.text,
    );
  }

  private readBuilder(
    name: string,
    given: readonly ts.Expression[],
    scope: Scope,
    depth: number,
  ): readonly string[] {
    const [first, second, third] = given;
    if (first === undefined) return [UNKNOWN];
    switch (name) {
      case 'in':
        return ['(?)'];
      case 'behind':
        return ['1 = 1'];
      case 'limit':
        return [this.dialect === 'sqlite' ? 'LIMIT 1' : 'OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY'];
      case 'identifier':
        return this.words(first, scope).map((word) => (word === UNKNOWN ? word : `"${word}"`));
      case 'byDialect': {
        const own =
          ts.isObjectLiteralExpression(first) &&
          first.properties.find((property) => property.name?.getText() === this.dialect);
        if (!own || !ts.isPropertyAssignment(own)) return [UNKNOWN];
        return this.read(own.initializer, scope, depth + 1);
      }
      case 'join':
        return this.readList(first, second, scope, depth);
      case 'insert': {
        const column = third === undefined ? [''] : this.words(third, scope);
        const tail = this.dialect === 'sqlite' ? 'RETURNING ' : 'OUTPUT inserted.';
        return combined([
          ['INSERT INTO '],
          this.words(first, scope),
          [` DEFAULT VALUES ${third === undefined ? '' : tail}`],
          column,
        ]);
      }
      default:
        return [UNKNOWN];
    }
  }

  private readList(
    list: ts.Expression,
    separator: ts.Expression | undefined,
    scope: Scope,
    depth: number,
  ): readonly string[] {
    if (ts.isArrayLiteralExpression(list)) {
      const between =
        separator !== undefined && ts.isStringLiteral(separator) ? separator.text : '';
      return combined(
        list.elements.flatMap((element, index) => [
          [index === 0 ? '' : between],
          this.read(element, scope, depth + 1),
        ]),
      );
    }
    const made = ts.isIdentifier(list) ? this.symbolOf(list)?.valueDeclaration : undefined;
    if (made !== undefined && ts.isVariableDeclaration(made) && made.initializer !== undefined)
      return this.readList(made.initializer, separator, scope, depth + 1);
    const [each] = ts.isCallExpression(list) ? list.arguments : [];
    if (each !== undefined && ts.isArrowFunction(each)) return this.readBody(each, scope, depth);
    return [UNKNOWN];
  }

  /** The texts that an expression of literal strings may be. */
  private words(node: ts.Expression, scope: Scope): readonly string[] {
    const given = this.given(node, scope);
    if (given !== undefined) return this.words(given.argument, given.scope);
    const type = this.checker.getTypeAtLocation(node);
    const parts = type.isUnion() ? type.types : [type];
    return parts.map((part) => (part.isStringLiteral() ? part.value : UNKNOWN));
  }

  private readCall(call: ts.CallExpression, scope: Scope, depth: number): readonly string[] {
    const made = this.checker.getResolvedSignature(call)?.declaration;
    if (made === undefined || !ts.isFunctionLike(made) || !('body' in made)) return [UNKNOWN];
    const inner = new Map(scope);
    made.parameters.forEach((parameter, index) => {
      const symbol = this.checker.getSymbolAtLocation(parameter.name);
      const argument = call.arguments[index] ?? parameter.initializer;
      if (symbol !== undefined && argument !== undefined) inner.set(symbol, { argument, scope });
    });
    return this.readBody(made, inner, depth);
  }

  private readBody(
    made: ts.FunctionLikeDeclaration,
    scope: Scope,
    depth: number,
  ): readonly string[] {
    if (made.body === undefined) return [UNKNOWN];
    if (!ts.isBlock(made.body)) return this.read(made.body, scope, depth + 1);
    const texts: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node)) return;
      if (ts.isReturnStatement(node) && node.expression !== undefined)
        texts.push(...this.read(node.expression, scope, depth + 1));
      node.forEachChild(visit);
    };
    visit(made.body);
    return texts.length === 0 ? [UNKNOWN] : texts;
  }

  private readName(node: ts.Expression, scope: Scope, depth: number): readonly string[] {
    const given = this.given(node, scope);
    if (given !== undefined) return this.read(given.argument, given.scope, depth + 1);
    const made = this.symbolOf(node)?.valueDeclaration;
    if (made === undefined) return [UNKNOWN];
    if (ts.isParameter(made)) return this.readArguments(made, depth);
    const isFixed =
      ts.isPropertyAssignment(made) ||
      ts.isPropertyDeclaration(made) ||
      (ts.isVariableDeclaration(made) && (ts.getCombinedNodeFlags(made) & ts.NodeFlags.Const) > 0);
    const { initializer } = isFixed ? made : {};
    return initializer === undefined ? [UNKNOWN] : this.read(initializer, scope, depth + 1);
  }

  /** What the calls in the file of a function give for its parameter. */
  private readArguments(parameter: ts.ParameterDeclaration, depth: number): readonly string[] {
    const index = parameter.parent.parameters.indexOf(parameter);
    const texts: string[] = [];
    const visit = (node: ts.Node): void => {
      node.forEachChild(visit);
      if (!ts.isCallExpression(node)) return;
      const argument = node.arguments[index];
      if (argument === undefined || !this.isStatement(argument)) return;
      if (this.checker.getResolvedSignature(node)?.declaration === parameter.parent)
        texts.push(...this.read(argument, new Map(), depth + 1));
    };
    visit(parameter.getSourceFile());
    return texts.length === 0 ? [UNKNOWN] : texts;
  }

  private given(node: ts.Expression, scope: Scope) {
    const symbol = ts.isIdentifier(node) ? this.symbolOf(node) : undefined;
    return symbol === undefined ? undefined : scope.get(symbol);
  }

  private symbolOf(node: ts.Node): ts.Symbol | undefined {
    const symbol = this.checker.getSymbolAtLocation(node);
    const isImported = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) > 0;
    return isImported ? this.checker.getAliasedSymbol(symbol) : symbol;
  }
}

/** Every way to put one text of each part behind the other. */
function combined(parts: readonly (readonly string[])[], head = ''): readonly string[] {
  let texts: readonly string[] = [head];
  for (const part of parts) {
    texts = texts.flatMap((text) => [...new Set(part)].map((more) => text + more));
    if (texts.length > MAX_TEXTS) return [UNKNOWN];
  }
  return texts;
}
