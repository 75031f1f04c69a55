import { sql, type SqlStatement } from './sql.js';
import type { Transaction } from '../unit-of-work/transaction.js';

/** Small enough that writers never wait noticeably for a batch, or a server locks the table. */
export const PRUNE_BATCH = 500;

export interface DeletedBatch {
  readonly table: string;
  /** A unique column. */
  readonly key: string;
  readonly condition: SqlStatement;
}

/**
 * Deletes at most {@link PRUNE_BATCH} rows that meet the condition, lowest keys first, and resolves
 * with their keys. The condition is checked again on the row that goes, so a row that another
 * transaction has just brought back to life stays.
 */
export async function deleteBatch<Key extends string | number>(
  tx: Transaction,
  { table, key, condition }: DeletedBatch,
): Promise<readonly Key[]> {
  const from = sql.identifier(table);
  const column = sql.identifier(key);
  const output = sql.byDialect({ sqlite: sql.empty, mssql: sql`OUTPUT deleted.${column} AS gone` });
  const returning = sql.byDialect({ sqlite: sql`RETURNING ${column} AS gone`, mssql: sql.empty });
  const rows = await tx.query<{ gone: Key }>(sql`
    DELETE FROM ${from}
    ${output}
    WHERE ${column} IN (
      SELECT ${column}
      FROM ${from}
      WHERE ${condition}
      ORDER BY ${column}
      ${sql.limit(PRUNE_BATCH)}
    )
    AND ${condition}
    ${returning}`);
  return rows.map(({ gone }) => gone);
}
