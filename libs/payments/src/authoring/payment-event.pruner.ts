import { Injectable } from '@nestjs/common';
import { PlatformPruner, sql, UnitOfWork, type PrunesPlatform } from '#libs/database';

/** Providers repeat a message for days, and for a month when somebody asks them to. */
const KEPT_MS = 90 * 24 * 3_600_000;
const BATCH = 500;

/** Messages that no provider sends again go. */
@Injectable()
@PlatformPruner('payment events')
export class PaymentEventPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const [row] = await tx.query<{ newest: number | null }>(sql`
        SELECT MAX(received_at) AS newest
        FROM (
          SELECT received_at
          FROM payment_event
          WHERE received_at < ${now - KEPT_MS}
          ORDER BY received_at, method, event_id
          ${sql.limit(BATCH)}
        ) oldest`);
      const newest = row?.newest ?? null;
      if (newest === null) return 0;
      return tx.execute(sql`DELETE FROM payment_event WHERE received_at <= ${newest}`);
    });
  }
}
