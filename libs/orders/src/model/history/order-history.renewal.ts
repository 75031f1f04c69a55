import { Injectable } from '@nestjs/common';
import { CustomerLookup } from '#libs/customers';
import { PrimaryReader } from '#libs/database';
import { Logger } from '#libs/observability';
import { OrderLookup } from '../order-lookup.js';
import { HISTORY_LENGTH } from './order-glance.js';
import { OrderHistoryCopy } from './order-history.copy.js';

/** `taken`: another replica is at it; `unavailable`: Redis gave no answer, and may have done it all the same. */
export type RenewalOutcome = 'renewed' | 'taken' | 'unavailable';

/** Makes the copies in Redis what the database says, each on one replica at a time. Outside every unit of work. */
@Injectable()
export class OrderHistoryRenewal {
  constructor(
    private readonly database: PrimaryReader,
    private readonly customers: CustomerLookup,
    private readonly orders: OrderLookup,
    private readonly copy: OrderHistoryCopy,
    private readonly logger: Logger,
  ) {}

  /** Of a person who was erased nothing is left there. Rejects when the database gives no answer. */
  async renew(customerId: string): Promise<RenewalOutcome> {
    const outcome = await this.copy.lock(customerId);
    if (outcome.state !== 'held') return outcome.state;
    const { lock } = outcome;
    try {
      const orders = await this.read(customerId);
      // What was read before the lease ended may be older than what the next holder has written.
      if (!lock.isHeld()) return 'unavailable';
      const done =
        orders === undefined
          ? await this.copy.remove(customerId)
          : await this.copy.replace(customerId, orders);
      return done === 'unavailable' ? done : 'renewed';
    } finally {
      await lock.release();
    }
  }

  /** For a copy that is only worth having. Never rejects: what is not copied is read from the database. */
  async tryRenew(customerId: string): Promise<void> {
    try {
      await this.renew(customerId);
    } catch (err) {
      this.logger.debug({ err }, 'a history was not copied');
    }
  }

  private async read(customerId: string) {
    if (await this.customers.isErased(this.database, customerId)) return undefined;
    return this.orders.listOfCustomer(this.database, customerId, undefined, HISTORY_LENGTH);
  }
}
