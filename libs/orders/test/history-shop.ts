import type { JobContext } from '#authoring/jobs';
import type { UnitOfWork } from '#libs/database';
import { newId } from '#libs/kernel';
import { RedisNames } from '#libs/redis';
import type { Store } from '#libs/stores';
import { eventually, type OpenDatabaseFixture } from '#libs/testing';
import { CatalogReplica } from '../../catalog/test/catalog-replica.js';
import { CustomersAuthoringModule } from '../../customers/src/authoring/customers-authoring.module.js';
import { addCustomer } from '../../customers/test/add-customer.js';
import { OrdersAuthoringModule } from '../src/authoring/orders-authoring.module.js';
import type { OrderGlance } from '../src/model/history/order-glance.js';
import { HISTORY_SERIES, OrderHistoryCopy } from '../src/model/history/order-history.copy.js';
import { OrderLookup, type OrderPosition } from '../src/model/order-lookup.js';
import { OrderMoves } from '../src/model/order-moves.js';
import { OrderHistory } from '../src/storefront/order-history.js';
import { OrderRepository } from '../src/storefront/order.repository.js';
import { OrdersModule } from '../src/storefront/orders.module.js';
import { testOrder } from './test-order.js';

/** So long that a busy machine is not taken for a silent Redis. */
const PATIENT_MS = 10_000;
export const FIRST_PLACED_AT = 1_700_000_000_000;

export const numbersOf = (orders: readonly OrderGlance[]): string[] =>
  orders.map(({ number }) => number);

/** A store whose customers have orders, and the copies of their histories in Redis. */
export class HistoryShop {
  private placed = 0;

  private constructor(
    readonly replica: CatalogReplica,
    private readonly store: Store,
  ) {}

  static async start(
    open: OpenDatabaseFixture,
    commandTimeoutMs = PATIENT_MS,
  ): Promise<HistoryShop> {
    const replica = await CatalogReplica.start(
      open,
      [OrdersModule, OrdersAuthoringModule, CustomersAuthoringModule],
      { REDIS_COMMAND_TIMEOUT_MS: String(commandTimeoutMs) },
    );
    return new HistoryShop(replica, await replica.addStore());
  }

  async addCustomer(): Promise<string> {
    return (await addCustomer(this.replica.unitOfWork, this.store)).id;
  }

  list(customerId: string, after?: OrderPosition, limit = 10): Promise<readonly OrderGlance[]> {
    return this.get(OrderHistory).list(customerId, after, limit);
  }

  async place(customerId: string, placedAt = FIRST_PLACED_AT + this.placed) {
    this.placed += 1;
    const id = newId();
    const number = `N-${this.placed}`;
    const order = testOrder({ id, number, customerId, placedAt, storeId: this.store.id });
    await this.replica.unitOfWork.run((tx) =>
      this.get(OrderRepository).insert(tx, order, {
        cartId: newId(),
        tokenHash: id,
        customerKey: null,
      }),
    );
    return { id, number };
  }

  cancel(id: string): Promise<void> {
    return this.replica.unitOfWork.run(async (tx) => {
      const order = await this.get(OrderLookup).findForShop(tx, id);
      if (order === undefined) throw new TypeError('there is no such order');
      const after = { state: 'cancelled', paymentState: order.paymentState } as const;
      await this.get(OrderMoves).move(tx, order, after, { action: 'cancel', reason: null });
    });
  }

  pay(id: string) {
    return this.replica.unitOfWork.run((tx) =>
      this.get(OrderMoves).follow(tx, id, 'paid', { action: 'confirm-payment', reason: null }),
    );
  }

  /** Where Redis keeps the copy. */
  key(customerId: string): string {
    return this.get(RedisNames).sharedEntry(HISTORY_SERIES.name, customerId);
  }

  /** How many orders are in the copy. */
  async copied(customerId: string): Promise<number> {
    return Number(await this.replica.redis.cli('ZCARD', this.key(customerId))) - 1;
  }

  /** It is read until then: what Redis does not answer in time on a busy machine is made anew later. */
  untilCopied(customerId: string, count: number) {
    return eventually('it is copied', async () => {
      await this.list(customerId);
      return (await this.copied(customerId)) === count;
    });
  }

  untilAnsweredByCopy(customerId: string) {
    return eventually(
      'the copy answers',
      async () => (await this.readsDuring(() => this.list(customerId))) === 0,
    );
  }

  /** How often the database is asked for orders of customers meanwhile. */
  async readsDuring(work: () => Promise<unknown>): Promise<number> {
    const lookup = this.get(OrderLookup);
    const listOfCustomer = lookup.listOfCustomer.bind(lookup);
    let reads = 0;
    lookup.listOfCustomer = (...args) => {
      reads += 1;
      return listOfCustomer(...args);
    };
    try {
      await work();
    } finally {
      lookup.listOfCustomer = listOfCustomer;
    }
    return reads;
  }

  /** Nobody makes the copy of the customer anew meanwhile. */
  async withoutRenewal(customerId: string, work: () => Promise<void>): Promise<void> {
    const lock = await eventually('the lock is free', async () => {
      const outcome = await this.get(OrderHistoryCopy).lock(customerId);
      return outcome.state === 'held' && outcome.lock;
    });
    await work();
    if (!lock.isHeld()) throw new Error('the lock was lost meanwhile');
    await lock.release();
  }

  /** Runs a job as its runtime does. */
  async run<Payload>(
    handler: { handle(payload: Payload, context: JobContext): Promise<void> },
    payload: Payload,
  ): Promise<void> {
    const context = {
      complete: async (work?: Parameters<UnitOfWork['run']>[0]) => {
        if (work !== undefined) await this.replica.unitOfWork.run(work);
      },
    };
    await handler.handle(payload, context as unknown as JobContext);
  }

  private get<T>(type: new (...args: never[]) => T): T {
    return this.replica.app.get<T>(type);
  }
}
