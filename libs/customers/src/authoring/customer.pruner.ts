import { Injectable } from '@nestjs/common';
import { deleteBatch, PlatformPruner, sql, UnitOfWork, type PrunesPlatform } from '#libs/database';
import { customersTags } from '../model/customers.tags.js';

/** How long an ended session stays known, so that its holder hears "ended" and not "unknown". */
const ENDED_SESSION_KEPT_MS = 7 * 24 * 3_600_000;

/** Sessions and links of mails that have expired go. */
@Injectable()
@PlatformPruner('customers')
export class CustomerPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const sessions = await deleteBatch<string>(tx, {
        table: 'shopper_session',
        key: 'id',
        condition: sql`expires_at < ${now - ENDED_SESSION_KEPT_MS}`,
      });
      tx.invalidate(...sessions.map((id) => customersTags.session(id)));
      const tokens = await deleteBatch<string>(tx, {
        table: 'customer_token',
        key: 'id',
        condition: sql`expires_at < ${now}`,
      });
      return sessions.length + tokens.length;
    });
  }
}
