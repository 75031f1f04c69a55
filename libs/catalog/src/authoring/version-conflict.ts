import { sql, type Transaction } from '#libs/database';
import { type LockstepError, staleVersion } from '#libs/kernel';

/** The error for a save that found another version than the one that was loaded. */
export async function versionConflict(
  tx: Transaction,
  table: 'category' | 'product',
  id: string,
): Promise<LockstepError> {
  const rows = await tx.query<{ version: number }>(
    sql`SELECT version FROM ${sql.identifier(table)} WHERE id = ${id}`,
  );
  return staleVersion(rows[0]?.version ?? 0);
}
