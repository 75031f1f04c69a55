import type { Dialect } from './dialect.js';

export type SqlParameter = string | number | null | Buffer;

export interface RenderedSql {
  readonly text: string;
  readonly parameters: SqlParameter[];
}

type Part = string | SqlStatement | ParameterPart;

interface ParameterPart {
  readonly parameter: SqlParameter;
}

/**
 * A statement with its parameters, rendered for a dialect only when it is sent: `?` for SQLite,
 * `@0, @1, ...` for SQL Server. Made with the `sql` tag; values never become text.
 */
export class SqlStatement {
  constructor(private readonly parts: (dialect: Dialect) => readonly Part[]) {}

  render(dialect: Dialect): RenderedSql {
    const parameters: SqlParameter[] = [];
    return { text: this.append(dialect, parameters), parameters };
  }

  private append(dialect: Dialect, parameters: SqlParameter[]): string {
    let text = '';
    for (const part of this.parts(dialect)) {
      if (typeof part === 'string') text += part;
      else if (part instanceof SqlStatement) text += part.append(dialect, parameters);
      else {
        text += dialect === 'mssql' ? `@${parameters.length}` : '?';
        parameters.push(part.parameter);
      }
    }
    return text;
  }
}

/** Where a page of a list goes on that is sorted newest first. */
export interface NewestFirst {
  /** Epoch milliseconds of the last row, whatever its column is called. */
  readonly createdAt: number;
  readonly id: string;
}

type SqlValue = SqlParameter | boolean | SqlStatement;

function toPart(value: SqlValue): Part {
  if (value instanceof SqlStatement) return value;
  return { parameter: typeof value === 'boolean' ? Number(value) : value };
}

function tag(strings: TemplateStringsArray, ...values: readonly SqlValue[]): SqlStatement {
  const parts = strings.flatMap((text, index): Part[] => {
    const value = values[index];
    return index < values.length && value !== undefined ? [text, toPart(value)] : [text];
  });
  return new SqlStatement(() => parts);
}

const IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

/** Builds statements that are right on both dialects. Nest statements freely. */
export const sql = Object.assign(tag, {
  empty: new SqlStatement(() => []),

  /** A table or column name; only lower-case snake_case is accepted, so it can never be injected. */
  identifier(name: string): SqlStatement {
    if (!IDENTIFIER.test(name)) throw new RangeError(`not a column or table name: ${name}`);
    return new SqlStatement(() => [`"${name}"`]);
  },

  join(statements: readonly SqlStatement[], separator: string): SqlStatement {
    const parts = statements.flatMap((statement, index): Part[] =>
      index === 0 ? [statement] : [separator, statement],
    );
    return new SqlStatement(() => parts);
  },

  /** `(a, b, c)` for an IN list; an empty list matches nothing. */
  in(values: readonly SqlParameter[]): SqlStatement {
    if (values.length === 0) return new SqlStatement(() => ['(NULL)']);
    return new SqlStatement(() => {
      const parts: Part[] = ['('];
      values.forEach((value, index) => parts.push(index === 0 ? '' : ', ', { parameter: value }));
      parts.push(')');
      return parts;
    });
  },

  /** `count` rows behind the first `offset`. The statement must have an ORDER BY on a unique key. */
  limit(count: number, offset = 0): SqlStatement {
    for (const rows of [count, offset]) {
      if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError(`not a row count: ${rows}`);
    }
    return sql.byDialect({
      sqlite: new SqlStatement(() => [`LIMIT ${count} OFFSET ${offset}`]),
      mssql: new SqlStatement(() => [`OFFSET ${offset} ROWS FETCH NEXT ${count} ROWS ONLY`]),
    });
  },

  /**
   * The rows of a list sorted by `at` and `id`, newest first, that come behind a place; every row when there is
   * none. The time is bounded by a condition of its own, by which an index is entered: a page far behind costs
   * what the first one does.
   */
  behind(at: SqlStatement, id: SqlStatement, place: NewestFirst | undefined): SqlStatement {
    if (place === undefined) return tag`1 = 1`;
    const { createdAt } = place;
    return tag`${at} <= ${createdAt} AND (${at} < ${createdAt} OR ${id} < ${place.id})`;
  },

  /** The few places where the dialects have no common words. */
  byDialect(variants: Readonly<Record<Dialect, SqlStatement>>): SqlStatement {
    return new SqlStatement((dialect) => [variants[dialect]]);
  },

  /** INSERT of one or more rows. All rows have the columns of the first. */
  insert(
    table: string,
    rows: readonly Readonly<Record<string, SqlParameter | boolean>>[],
    returning?: string,
  ): SqlStatement {
    const columns = Object.keys(rows[0] ?? {});
    const names = sql.join(
      columns.map((column) => sql.identifier(column)),
      ', ',
    );
    const tuples = rows.map(
      (row) =>
        sql`(${sql.join(
          columns.map((column) => tag`${row[column] ?? null}`),
          ', ',
        )})`,
    );
    const returned = returning === undefined ? undefined : sql.identifier(returning);
    const output = returned === undefined ? sql.empty : sql` OUTPUT inserted.${returned}`;
    const suffix = returned === undefined ? sql.empty : sql` RETURNING ${returned}`;
    return sql`INSERT INTO ${sql.identifier(table)} (${names})${sql.byDialect({ sqlite: sql.empty, mssql: output })} VALUES ${sql.join(tuples, ', ')}${sql.byDialect({ sqlite: suffix, mssql: sql.empty })}`;
  },
});

/** Splits a list so that no statement exceeds the parameter limit. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size));
  }
  return chunks;
}

/** A LIKE pattern that matches texts that begin with `prefix`; use with ESCAPE '\'. */
export function likePrefix(prefix: string): string {
  return `${prefix.replace(/[\\%_[\]]/g, '\\$&')}%`;
}
