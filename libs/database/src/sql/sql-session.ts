import type { QueryRunner } from 'typeorm';
import type { Dialect } from './dialect.js';
import type { RenderedSql, SqlStatement } from './sql.js';

interface MssqlColumn {
  readonly name: string;
  readonly type?: unknown;
}

type MssqlRecordset = object[] & { readonly columns?: Readonly<Record<string, MssqlColumn>> };

/**
 * tedious hands out 64-bit integers as strings, better-sqlite3 as numbers. All integers of the
 * product are below 2^53, so callers always get numbers.
 */
function withNumbers<Row extends object>(rows: MssqlRecordset): Row[] {
  const names = Object.values(rows.columns ?? {})
    .filter((column) => typeof column.type === 'function' && column.type.name === 'BigInt')
    .map((column) => column.name);
  for (const row of rows) {
    const record = row as Record<string, unknown>;
    for (const name of names) {
      if (typeof record[name] === 'string') record[name] = Number(record[name]);
    }
  }
  return rows as object[] as Row[];
}

/** Rows of a statement sent through a TypeORM query runner. */
export async function rowsOf<Row extends object>(
  runner: QueryRunner,
  { text, parameters }: RenderedSql,
): Promise<Row[]> {
  const result = await runner.query(text, parameters, true);
  return withNumbers<Row>((result.records ?? []) as MssqlRecordset);
}

/** Sends statements through one TypeORM query runner. */
export class SqlSession {
  constructor(
    private readonly runner: QueryRunner,
    private readonly dialect: Dialect,
  ) {}

  query<Row extends object>(statement: SqlStatement): Promise<Row[]> {
    return rowsOf<Row>(this.runner, statement.render(this.dialect));
  }

  async execute(statement: SqlStatement): Promise<number> {
    const { text, parameters } = statement.render(this.dialect);
    const result = await this.runner.query(text, parameters, true);
    return result.affected ?? 0;
  }
}
