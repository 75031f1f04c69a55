import { sql, type Transaction, type RowOf } from '#libs/database';
import { identityTags } from '../../model/identity.tags.js';
import type { StaffSessionEntity } from '../../model/staff-session.entity.js';

/** Ends the sessions of a user, on every replica; `keptId` names one that goes on. */
export async function endSessionsOf(
  tx: Transaction,
  userId: string,
  atMs: number,
  keptId = '',
): Promise<void> {
  const sessions = await tx.query<RowOf<StaffSessionEntity, 'id'>>(
    sql`SELECT id FROM staff_session
        WHERE user_id = ${userId} AND revoked_at IS NULL AND id <> ${keptId}`,
  );
  tx.invalidate(...sessions.map(({ id }) => identityTags.session(id)));
  await tx.execute(
    sql`UPDATE staff_session SET revoked_at = ${atMs}
        WHERE user_id = ${userId} AND revoked_at IS NULL AND id <> ${keptId}`,
  );
}
