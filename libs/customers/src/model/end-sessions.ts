import { sql, type Transaction, type RowOf } from '#libs/database';
import { customersTags } from './customers.tags.js';
import type { ShopperSessionEntity } from './shopper-session.entity.js';

/** Ends the sessions of a customer, on every replica; `keptId` names one that goes on. */
export async function endSessionsOf(
  tx: Transaction,
  customerId: string,
  atMs: number,
  keptId = '',
): Promise<void> {
  const sessions = await tx.query<RowOf<ShopperSessionEntity, 'id'>>(sql`
    SELECT id
    FROM shopper_session
    WHERE customer_id = ${customerId} AND revoked_at IS NULL AND id <> ${keptId}
    ORDER BY id`);
  tx.invalidate(...sessions.map(({ id }) => customersTags.session(id)));
  await tx.execute(sql`
    UPDATE shopper_session
    SET revoked_at = ${atMs}
    WHERE customer_id = ${customerId} AND revoked_at IS NULL AND id <> ${keptId}`);
}
