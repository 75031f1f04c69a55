import { sql, type SqlStatement } from '../sql/sql.js';
import type { Transaction } from './transaction.js';

/** A lease is a row with the columns `id`, `holder`, `fence` and `expires_at` of a table that says what it is for. */
export interface LeaseRow {
  readonly table: string;
  readonly id: string;
  /** Of one process: one that is started under the same name is another holder. */
  readonly holder: string;
}

/**
 * Takes the lease of a row that is there, or makes its own last until `expiresAt` (ms by `DatabaseClock`, as
 * `now` is). Answers false, and changes nothing, while another holder has it. The fence grows whenever it
 * passes on, so that what a former holder began is told from what the holder writes.
 */
export async function takeLease(
  tx: Transaction,
  { table, id, holder }: LeaseRow,
  now: number,
  expiresAt: number,
): Promise<boolean> {
  const taken = await tx.execute(sql`
    UPDATE ${sql.identifier(table)}
    SET fence = CASE WHEN holder = ${holder} THEN fence ELSE fence + 1 END,
        holder = ${holder},
        expires_at = ${expiresAt}
    WHERE id = ${id} AND (holder = ${holder} OR expires_at <= ${now})`);
  return taken > 0;
}

/** Lets another holder take over at once. */
export async function releaseLease(
  tx: Transaction,
  { table, id, holder }: LeaseRow,
): Promise<void> {
  await tx.execute(sql`
    UPDATE ${sql.identifier(table)}
    SET expires_at = 0
    WHERE id = ${id} AND holder = ${holder}`);
}

/** Of a write that only the holder may make: nothing matches once the lease has passed on. */
export function heldBy({ id, holder }: Omit<LeaseRow, 'table'>, fence: number): SqlStatement {
  return sql`id = ${id} AND holder = ${holder} AND fence = ${fence}`;
}
