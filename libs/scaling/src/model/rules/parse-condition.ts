import { isTruth, type BinaryOperator, type Expression } from './expression.js';

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(>=|<=|==|[-+*/()<>]))/y;
const COMPARISONS: readonly string[] = ['>', '>=', '<', '<=', '=='];
/** Deeper is no rule that a person has written, and would end in a stack that is too deep. */
const MAX_DEPTH = 50;

interface Token {
  readonly kind: 'number' | 'word' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** Thrown for a condition that cannot be read; the message says where and why. */
export class ConditionProblem extends Error {}

/**
 * Reads a condition such as `cpu > 80 and not (queueAge < 5 or requests / replicas < 20)`. `not` binds closer
 * than `and`, `and` closer than `or`. Throws `ConditionProblem`.
 */
export function parseCondition(text: string): Expression {
  return new ConditionParser(tokensOf(text)).whole();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      throw new ConditionProblem(`cannot read "${text.slice(from, from + 10).trim()}"`);
    }
    const [, number, word, sign] = match;
    const kind = number !== undefined ? 'number' : word !== undefined ? 'word' : 'sign';
    tokens.push({ kind, text: number ?? word ?? sign ?? '', at: from });
  }
  return [...tokens, { kind: 'end', text: 'the end', at: end }];
}

class ConditionParser {
  private position = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = truth(this.either(), 'the condition');
    if (this.next.kind !== 'end') this.refuse('"and", "or" or the end');
    return expression;
  }

  private either(): Expression {
    let left = this.both();
    while (this.takes('or')) {
      left = binary('or', truth(left, 'what stands before "or"'), truth(this.both(), 'after "or"'));
    }
    return left;
  }

  private both(): Expression {
    let left = this.negation();
    while (this.takes('and')) {
      const right = truth(this.negation(), 'what stands after "and"');
      left = binary('and', truth(left, 'what stands before "and"'), right);
    }
    return left;
  }

  private negation(): Expression {
    if (!this.takes('not')) return this.comparison();
    return this.nested(() => ({ kind: 'not', of: truth(this.negation(), 'after "not"') }));
  }

  private comparison(): Expression {
    const left = this.sum();
    const operator = COMPARISONS.find((candidate) => this.takes(candidate));
    if (operator === undefined) return left;
    return binary(operator as BinaryOperator, amount(left, operator), amount(this.sum(), operator));
  }

  private sum(): Expression {
    let left = this.product();
    for (;;) {
      const operator = this.takes('+') ? '+' : this.takes('-') ? '-' : undefined;
      if (operator === undefined) return left;
      left = binary(operator, amount(left, operator), amount(this.product(), operator));
    }
  }

  private product(): Expression {
    let left = this.single();
    for (;;) {
      const operator = this.takes('*') ? '*' : this.takes('/') ? '/' : undefined;
      if (operator === undefined) return left;
      left = binary(operator, amount(left, operator), amount(this.single(), operator));
    }
  }

  private single(): Expression {
    if (this.takes('-')) {
      return this.nested(() => ({ kind: 'negate', of: amount(this.single(), '-') }));
    }
    if (this.takes('(')) {
      return this.nested(() => {
        const inner = this.either();
        if (!this.takes(')')) this.refuse('")"');
        return inner;
      });
    }
    const { kind, text } = this.next;
    if (kind === 'number') {
      this.position += 1;
      return { kind: 'number', value: Number(text) };
    }
    if (kind === 'word' && !['and', 'or', 'not'].includes(text)) {
      this.position += 1;
      return { kind: 'operand', name: text };
    }
    return this.refuse('a number, an operand or "("');
  }

  private nested(read: () => Expression): Expression {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      throw new ConditionProblem(`is nested deeper than ${MAX_DEPTH} levels`);
    }
    const expression = read();
    this.depth -= 1;
    return expression;
  }

  private get next(): Token {
    return this.tokens[this.position] ?? { kind: 'end', text: 'the end', at: 0 };
  }

  private takes(text: string): boolean {
    if (this.next.kind === 'end' || this.next.text !== text) return false;
    this.position += 1;
    return true;
  }

  private refuse(expected: string): never {
    const { text, at } = this.next;
    throw new ConditionProblem(`has ${text} where ${expected} is expected (character ${at + 1})`);
  }
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right };
}

function truth(expression: Expression, what: string): Expression {
  if (isTruth(expression)) return expression;
  throw new ConditionProblem(`${what} is a number, not a comparison`);
}

function amount(expression: Expression, operator: string): Expression {
  if (!isTruth(expression)) return expression;
  throw new ConditionProblem(`"${operator}" takes numbers, not comparisons`);
}
