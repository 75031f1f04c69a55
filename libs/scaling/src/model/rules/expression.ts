/** A node of a condition. Comparisons and logic answer booleans, everything else numbers. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'operand'; readonly name: string }
  | { readonly kind: 'negate' | 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

export type BinaryOperator = '+' | '-' | '*' | '/' | '>' | '>=' | '<' | '<=' | '==' | 'and' | 'or';

/** What operands are called in expressions. */
export const OPERAND_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,59}$/;

export function isTruth(expression: Expression): boolean {
  if (expression.kind === 'not') return true;
  return expression.kind === 'binary' && !'+-*/'.includes(expression.operator);
}

export function operandsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'operand':
      return [expression.name];
    case 'negate':
    case 'not':
      return operandsOf(expression.of);
    case 'binary':
      return [...operandsOf(expression.left), ...operandsOf(expression.right)];
  }
}

/**
 * The value of an expression; undefined when it is not a finite number anywhere (a division by zero), for
 * then a comparison would say something that was not measured.
 */
export function evaluate(
  expression: Expression,
  values: ReadonlyMap<string, number>,
): number | boolean | undefined {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'operand':
      return values.get(expression.name);
    case 'negate': {
      const value = evaluate(expression.of, values);
      return typeof value === 'number' ? -value : undefined;
    }
    case 'not': {
      const value = evaluate(expression.of, values);
      return typeof value === 'boolean' ? !value : undefined;
    }
    case 'binary':
      return combine(
        expression.operator,
        evaluate(expression.left, values),
        evaluate(expression.right, values),
      );
  }
}

function combine(
  operator: BinaryOperator,
  left: number | boolean | undefined,
  right: number | boolean | undefined,
): number | boolean | undefined {
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return operator === 'and' ? left && right : left || right;
  }
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  const value = numeric(operator, left, right);
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
}

function numeric(operator: BinaryOperator, left: number, right: number): number | boolean {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    default:
      return left === right;
  }
}
