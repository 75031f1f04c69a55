import { Injectable } from '@nestjs/common';
import { deleteBatch, PlatformPruner, sql, UnitOfWork, type PrunesPlatform } from '#libs/database';
import { customersTags } from '../model/customers.tags.js';

/** How long an ended session stays known, so that its holder hears "ended" and not "unknown". */
const ENDED_SESSION_KEPT_MS = 7 * 24 * 3_600_000;
/** How long somebody who registered has to confirm the mailbox; their links last shorter. */
const UNCONFIRMED_KEPT_MS = 30 * 24 * 3_600_000;

/**
 * Sessions and links of mails that have expired go, and accounts that were never confirmed: anybody can make
 * those, with the address of anybody.
 */
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
      const unconfirmed = await deleteBatch<string>(tx, {
        table: 'customer',
        key: 'id',
        condition: sql`verified_at IS NULL AND erased_at IS NULL
          AND updated_at < ${now - UNCONFIRMED_KEPT_MS}
          AND NOT EXISTS (SELECT t.id FROM customer_token t WHERE t.customer_id = customer.id)
          AND NOT EXISTS (
            SELECT a.currency
            FROM credit_account a
            WHERE a.customer_id = customer.id
          )`,
      });
      tx.invalidate(...unconfirmed.map((id) => customersTags.customer(id)));
      return sessions.length + tokens.length + unconfirmed.length;
    });
  }
}
