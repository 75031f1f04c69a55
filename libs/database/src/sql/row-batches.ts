import { MAX_PARAMETERS } from './dialect.js';
import { chunksOf, sql, type SqlParameter } from './sql.js';
import type { Transaction } from '../unit-of-work/transaction.js';

/** SQL Server takes at most this many rows in one VALUES list. */
const MAX_ROWS = 1_000;

/** A row as it is inserted: values by column name. */
export type Row = Readonly<Record<string, SqlParameter>>;

/** Inserts rows of equal columns, in as few statements as both dialects accept. */
export async function insertRows(
  tx: Transaction,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).length;
  if (columns === 0) return;
  const size = Math.min(MAX_ROWS, Math.floor(MAX_PARAMETERS / columns));
  for (const chunk of chunksOf(rows, size)) await tx.execute(sql.insert(table, chunk));
}

/** Deletes the rows whose `column` has one of the values. */
export async function deleteRows(
  tx: Transaction,
  table: string,
  column: string,
  values: readonly string[],
): Promise<void> {
  for (const chunk of chunksOf(values, MAX_PARAMETERS)) {
    await tx.execute(
      sql`DELETE FROM ${sql.identifier(table)}
          WHERE ${sql.identifier(column)} IN ${sql.in(chunk)}`,
    );
  }
}
