import { sql, type Transaction } from '#libs/database';
import { catalogErrors } from '../catalog.errors.js';

const TIMEOUT_MS = 15_000;

/**
 * Lets one unit of work at a time give out slugs and SKUs of a store, until it ends. SQLite has a
 * single writer anyway; on SQL Server checking and writing would race without this.
 */
export async function lockCatalog(tx: Transaction, storeId: string): Promise<void> {
  const resource = `lockstep:catalog:${storeId}`;
  const rows = await tx.query<{ outcome: number }>(
    sql.byDialect({
      sqlite: sql`SELECT 0 AS outcome`,
      mssql: sql`DECLARE @outcome int; EXEC @outcome = sp_getapplock @Resource = ${resource}, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = ${TIMEOUT_MS}; SELECT @outcome AS outcome`,
    }),
  );
  if ((rows[0]?.outcome ?? -1) < 0) throw catalogErrors.busy({ retryAfterSeconds: 2 });
}
