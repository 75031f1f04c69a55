import { currentObserver } from '#libs/cache';
import { sql, SqlReader } from '#libs/database';
import { jest } from '@jest/globals';

export type TableRow = Readonly<Record<string, string | number | null>>;
export type Tables = ReadonlyMap<string, readonly TableRow[]>;

const TABLE = /\b(?:FROM|JOIN)\s+"?([a-z_]+)/g;
const WORD = /[a-z][a-z0-9_]*/g;

/** What loaders read, from the statements they send while their values are compared with the database. */
export class ReadColumns {
  private readonly statements = new Set<string>();

  /** Listens to every reader of this process, until mocks are restored. */
  listen(): void {
    const query = SqlReader.prototype.query;
    const { statements } = this;
    jest.spyOn(SqlReader.prototype, 'query').mockImplementation(function (
      this: SqlReader,
      ...given
    ): Promise<never[]> {
      // What the follower and the directories read meanwhile is no loader's.
      if (currentObserver()?.apart !== undefined) statements.add(given[0].render('sqlite').text);
      return query.apply(this, given) as Promise<never[]>;
    });
  }

  get tables(): readonly string[] {
    const named = [...this.statements].flatMap((text) => tablesOf(text));
    return [...new Set(named)].toSorted();
  }

  async rows(reader: SqlReader): Promise<Tables> {
    const rows = new Map<string, readonly TableRow[]>();
    for (const table of this.tables) {
      rows.set(table, await reader.query<TableRow>(sql`SELECT * FROM ${sql.identifier(table)}`));
    }
    return rows;
  }

  /** `table.column`: those that a statement which reads the table has a word for. */
  columnsIn(tables: Tables): ReadonlySet<string> {
    const read = new Set<string>();
    for (const text of this.statements) {
      const words = new Set(text.match(WORD));
      for (const table of tablesOf(text)) {
        const columns = Object.keys(tables.get(table)?.[0] ?? {});
        if (columns.length === 0) throw new TypeError(`the shop has no rows in ${table}`);
        for (const column of columns) if (words.has(column)) read.add(`${table}.${column}`);
      }
    }
    return read;
  }
}

/**
 * `table.column` of what has another value in a row that was there before: every row that is gone is
 * taken for the new one that differs from it in the fewest columns.
 */
export function changedColumns(before: Tables, after: Tables): string[] {
  const changed = new Set<string>();
  for (const [table, rows] of before) {
    const now = after.get(table) ?? [];
    const added = without(now, rows);
    for (const row of without(rows, now)) {
      const differences = added.map((other) =>
        Object.keys(row).filter((column) => row[column] !== other[column]),
      );
      const fewest = Math.min(...differences.map(({ length }) => length));
      for (const columns of differences) {
        if (columns.length > fewest) continue;
        for (const column of columns) changed.add(`${table}.${column}`);
      }
    }
  }
  return [...changed];
}

function without(rows: readonly TableRow[], others: readonly TableRow[]): TableRow[] {
  const known = new Set(others.map((row) => JSON.stringify(row)));
  return rows.filter((row) => !known.has(JSON.stringify(row)));
}

function tablesOf(text: string): string[] {
  return [...text.matchAll(TABLE)].flatMap(([, table]) => table ?? []);
}
