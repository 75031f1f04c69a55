import { databaseErrors } from '../database.errors.js';
import type { SqlSession } from '../sql/sql-session.js';
import { sql } from '../sql/sql.js';

/** Locks of other programs in the same database have other names. */
const PREFIX = 'lockstep:';

/**
 * Waits for an exclusive lock of SQL Server that the transaction of `session` holds until it ends.
 * Resolves with whether it was granted: a lock that is not granted in time (-1), or not at all,
 * raises nothing there.
 */
export async function tryApplicationLock(
  session: SqlSession,
  resource: string,
  timeoutMs: number,
): Promise<boolean> {
  const rows = await session.query<{ outcome: number }>(sql`
    DECLARE @outcome INT;
    EXEC @outcome = sp_getapplock
      @Resource = ${`${PREFIX}${resource}`},
      @LockMode = 'Exclusive',
      @LockOwner = 'Transaction',
      @LockTimeout = ${Math.max(0, Math.trunc(timeoutMs))};
    SELECT @outcome AS outcome`);
  return (rows[0]?.outcome ?? -1) >= 0;
}

/** The same for a unit of work. Throws `database.contention` when the lock is not granted in time. */
export async function takeApplicationLock(
  session: SqlSession,
  resource: string,
  timeoutMs: number,
): Promise<void> {
  if (await tryApplicationLock(session, resource, timeoutMs)) return;
  throw databaseErrors.contention({
    message: `the lock ${resource} was not granted within ${Math.trunc(timeoutMs)} ms`,
    retryAfterSeconds: 1,
  });
}
