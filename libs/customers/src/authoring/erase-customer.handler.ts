import { Injectable } from '@nestjs/common';
import { DatabaseClock, sql, type Transaction } from '#libs/database';
import { MailOutbox } from '#libs/mail';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { CustomerLookup } from '../model/customer-lookup.js';
import { customersTags } from '../model/customers.tags.js';
import { ErasureObservers } from '../model/erasure-observers.js';
import { endSessionsOf } from '../model/end-sessions.js';
import { PersonalExportRepository } from './personal-data/personal-export.repository.js';
import { eraseCustomerJob } from './erase-customer.job.js';

/** What belongs to a customer alone, and to no account that must be kept. */
const OWN_TABLES = ['customer_address', 'wish_list_item', 'customer_token', 'shopper_session'];

/**
 * Takes away what is known of a person: who they are, their addresses, wishes, links, sessions, exports and the mails they
 * were sent, all of it or nothing. The row stays without the person, since orders and credit entries name it and have to be kept;
 * their carts expire with the time that carts have.
 */
@Injectable()
@JobHandler(eraseCustomerJob)
export class EraseCustomerHandler implements HandlesJob<{ readonly customerId: string }> {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly customers: CustomerLookup,
    private readonly mails: MailOutbox,
    private readonly observers: ErasureObservers,
    private readonly exports: PersonalExportRepository,
  ) {}

  async handle(
    { customerId }: { readonly customerId: string },
    context: JobContext,
  ): Promise<void> {
    await context.complete((tx) => this.erase(tx, customerId));
  }

  private async erase(tx: Transaction, customerId: string): Promise<{ isErased: boolean }> {
    const now = this.clock.wallMs();
    const customer = await this.customers.findOwn(tx, customerId);
    if (customer === undefined) return { isErased: false };
    // Blocked as well: nobody signs in, and no mail is written.
    const erased = await tx.execute(sql`
      UPDATE customer
      SET email = ${`erased-${customerId}`}, name = '-', phone = NULL, group_id = NULL,
        password_hash = '-', is_blocked = 1, erased_at = ${now}, version = version + 1,
        updated_at = ${now}
      WHERE id = ${customerId} AND erased_at IS NULL`);
    if (erased === 0) return { isErased: false };
    tx.invalidate(customersTags.customer(customerId));
    await endSessionsOf(tx, customerId, now);
    await this.mails.forget(tx, customer.storeId, customer.email);
    for (const table of OWN_TABLES) {
      await tx.execute(sql`DELETE FROM ${sql.identifier(table)} WHERE customer_id = ${customerId}`);
    }
    await this.exports.removeOf(tx, customerId);
    await this.observers.tell(tx, customerId);
    return { isErased: true };
  }
}
