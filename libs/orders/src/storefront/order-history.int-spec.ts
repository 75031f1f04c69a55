import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { JobContext } from '#authoring/jobs';
import { PrimaryReader, sql, type UnitOfWork } from '#libs/database';
import { newId, systemClock } from '#libs/kernel';
import { RedisNames } from '#libs/redis';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase, eventually, gate } from '#libs/testing';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { CustomersAuthoringModule } from '../../../customers/src/authoring/customers-authoring.module.js';
import { EraseCustomerHandler } from '../../../customers/src/authoring/erase-customer.handler.js';
import { addCustomer } from '../../../customers/test/add-customer.js';
import { testOrder } from '../../test/test-order.js';
import { RenewOrderHistoryHandler } from '../authoring/history/renew-order-history.handler.js';
import { WriteOrderMailHandler } from '../authoring/mails/write-order-mail.handler.js';
import { OrdersAuthoringModule } from '../authoring/orders-authoring.module.js';
import { HISTORY_LENGTH, type OrderGlance } from '../model/history/order-glance.js';
import { HISTORY_SERIES, OrderHistoryCopy } from '../model/history/order-history.copy.js';
import { OrderHistoryRenewal } from '../model/history/order-history.renewal.js';
import { OrderLookup, type OrderPosition } from '../model/order-lookup.js';
import { OrderMoves } from '../model/order-moves.js';
import { OrderHistory } from './order-history.js';
import { OrderRepository } from './order.repository.js';
import { OrdersModule } from './orders.module.js';

/** Long enough for a busy machine. */
const COMMAND_TIMEOUT_MS = 1_000;
/** Less than it takes until a silent connection is given up, which ends every wait on it. */
const BOUND_MS = 1_800;
const FIRST_PLACED_AT = 1_700_000_000_000;

describeOnEachDatabase('the order history of a customer', (open) => {
  let replica: CatalogReplica;
  let store: Store;
  let ada: string;
  let bob: string;
  let placed = 0;

  beforeAll(async () => {
    replica = await CatalogReplica.start(
      open,
      [OrdersModule, OrdersAuthoringModule, CustomersAuthoringModule],
      { REDIS_COMMAND_TIMEOUT_MS: String(COMMAND_TIMEOUT_MS) },
    );
    store = await replica.addStore();
  }, 60_000);

  afterAll(() => replica?.close());

  beforeEach(async () => {
    ({ id: ada } = await addCustomer(replica.unitOfWork, store));
    ({ id: bob } = await addCustomer(replica.unitOfWork, store));
  });

  const get = <T>(type: new (...args: never[]) => T): T => replica.app.get<T>(type);
  const list = (customerId: string, after?: OrderPosition, limit = 10) =>
    get(OrderHistory).list(customerId, after, limit);
  const numbers = (orders: readonly OrderGlance[]) => orders.map(({ number }) => number);
  const listed = async (customerId: string) => numbers(await list(customerId));

  const place = async (customerId: string, placedAt = FIRST_PLACED_AT + placed) => {
    placed += 1;
    const id = newId();
    const number = `N-${placed}`;
    const order = testOrder({ id, number, customerId, placedAt, storeId: store.id });
    await replica.unitOfWork.run((tx) =>
      get(OrderRepository).insert(tx, order, {
        cartId: newId(),
        tokenHash: id,
        customerKey: null,
      }),
    );
    return { id, number };
  };
  const cancel = (id: string) =>
    replica.unitOfWork.run(async (tx) => {
      const order = await get(OrderLookup).findForShop(tx, id);
      if (order === undefined) throw new TypeError('there is no such order');
      const after = { state: 'cancelled', paymentState: order.paymentState } as const;
      await get(OrderMoves).move(tx, order, after, { action: 'cancel', reason: null });
    });
  const pay = (id: string) =>
    replica.unitOfWork.run((tx) =>
      get(OrderMoves).follow(tx, id, 'paid', { action: 'confirm-payment', reason: null }),
    );

  const key = (customerId: string) => get(RedisNames).sharedEntry(HISTORY_SERIES.name, customerId);
  const redis = (...args: string[]) => replica.redis.cli(...args);
  const copied = async (customerId: string) => Number(await redis('ZCARD', key(customerId))) - 1;
  /** It is read until then: what Redis does not answer in time on a busy machine is made anew later. */
  const untilCopied = (customerId: string, count: number) =>
    eventually('it is copied', async () => {
      await list(customerId);
      return (await copied(customerId)) === count;
    });
  /** How often the database is asked for orders of customers meanwhile. */
  const readsDuring = async (work: () => Promise<unknown>) => {
    const lookup = get(OrderLookup);
    const { listOfCustomer } = lookup;
    let reads = 0;
    lookup.listOfCustomer = (...args) => {
      reads += 1;
      return listOfCustomer.apply(lookup, args);
    };
    try {
      await work();
    } finally {
      lookup.listOfCustomer = listOfCustomer;
    }
    return reads;
  };
  const untilAnsweredByCopy = (customerId: string) =>
    eventually('the copy answers', async () => (await readsDuring(() => list(customerId))) === 0);
  /** Nobody makes the copy of the customer anew meanwhile. */
  const withoutRenewal = async (customerId: string, work: () => Promise<void>) => {
    const lock = await eventually('the lock is free', async () => {
      const outcome = await get(OrderHistoryCopy).lock(customerId);
      return outcome.state === 'held' && outcome.lock;
    });
    await work();
    expect(lock.isHeld()).toBe(true);
    await lock.release();
  };
  const run = async <Payload>(
    handler: { handle(payload: Payload, context: JobContext): Promise<void> },
    payload: Payload,
  ) => {
    const context = {
      complete: async (work?: Parameters<UnitOfWork['run']>[0]) => {
        if (work !== undefined) await replica.unitOfWork.run(work);
      },
    };
    await handler.handle(payload, context as unknown as JobContext);
  };

  it('is copied to a sorted set by the time of placing when it is read, and answered from there', async () => {
    const first = await place(ada);
    const second = await place(ada);
    await place(bob);
    const fromDatabase = await list(ada);
    expect(numbers(fromDatabase)).toEqual([second.number, first.number]);
    await untilCopied(ada, 2);
    const scored = (await redis('ZRANGE', key(ada), '0', '-1', 'WITHSCORES')).split('\n');
    expect(JSON.parse(scored[0] ?? '')).toMatchObject({ number: first.number, state: 'open' });
    expect(Number(scored[1])).toBe(fromDatabase[1]?.placedAt);
    const lifeMs = Number(await redis('PTTL', key(ada)));
    expect(lifeMs).toBeGreaterThan(0);
    expect(lifeMs).toBeLessThanOrEqual(HISTORY_SERIES.ttlMs);
    let fromCopy: readonly OrderGlance[] = [];
    expect(await readsDuring(async () => void (fromCopy = await list(ada)))).toBe(0);
    expect(fromCopy).toEqual(fromDatabase);
  });

  it('is copied by the job of an order, before anybody reads it', async () => {
    const { id, number } = await place(ada);
    await run(get(WriteOrderMailHandler), { orderId: id, mail: 'confirmation', sequence: 1 });
    expect(await copied(ada)).toBe(1);
    expect(await readsDuring(async () => expect(await listed(ada)).toEqual([number]))).toBe(0);
  });

  it('shows an order, and what becomes of it, at once, whatever the copy still says', async () => {
    const { id, number } = await place(ada);
    const writes: (() => Promise<unknown>)[] = [
      () => cancel(id),
      () => pay(id),
      () => place(ada, FIRST_PLACED_AT * 2),
    ];
    const shown: unknown[] = [];
    for (const write of writes) {
      await untilAnsweredByCopy(ada);
      await withoutRenewal(ada, async () => {
        await write();
        const { state, paymentState, ...newest } = (await list(ada))[0]!;
        shown.push([newest.number === number, state, paymentState]);
        expect(await copied(ada)).toBe(1);
      });
    }
    expect(shown).toEqual([
      [true, 'cancelled', 'pending'],
      [true, 'cancelled', 'paid'],
      [false, 'open', 'pending'],
    ]);
  });

  it('shows what became of an order while the copy was made', async () => {
    const { id } = await place(ada);
    const lookup = get(OrderLookup);
    const { listOfCustomer } = lookup;
    const [hasRead, moved] = [gate(), gate()];
    lookup.listOfCustomer = async (...args) => {
      const orders = await listOfCustomer.apply(lookup, args);
      hasRead.open();
      await moved.opened;
      return orders;
    };
    const renewal = get(OrderHistoryRenewal).renew(ada);
    await hasRead.opened;
    lookup.listOfCustomer = listOfCustomer;
    await cancel(id);
    moved.open();
    expect(await renewal).toBe('renewed');
    expect(await redis('ZRANGE', key(ada), '0', '0')).toContain('"open"');
    expect(await list(ada)).toMatchObject([{ state: 'cancelled' }]);
    await eventually('it is copied anew', async () => {
      await list(ada);
      return (await redis('ZRANGE', key(ada), '0', '0')).includes('"cancelled"');
    });
  });

  it('never shows an order of somebody else, or one that was put there, and is copied anew', async () => {
    const own = await place(ada);
    await place(bob);
    for (const one of [ada, bob]) {
      await untilCopied(one, 1);
    }
    const forged = JSON.stringify({ ...(await list(ada))[0], number: 'FORGED' });
    const plants: (readonly string[])[] = [
      ['ZRANGESTORE', key(ada), key(bob), '0', '-1'],
      ['ZADD', key(ada), String(FIRST_PLACED_AT * 2), forged],
      ['ZREMRANGEBYRANK', key(ada), '0', '0'],
      ['SET', key(ada), 'garbage'],
      ['DEL', key(ada)],
    ];
    for (const plant of plants) {
      await redis(...plant);
      expect(await listed(ada)).toEqual([own.number]);
      await untilAnsweredByCopy(ada);
      expect(await listed(ada)).toEqual([own.number]);
    }
  });

  it('is made anew in a Redis that was emptied, or is another', async () => {
    const { number } = await place(ada);
    const losses = [
      () => redis('FLUSHALL'),
      async () => {
        await replica.redis.kill();
        expect(await listed(ada)).toEqual([number]);
        await replica.redis.restart({ empty: true });
      },
    ];
    for (const lose of losses) {
      await untilCopied(ada, 1);
      await lose();
      expect(await listed(ada)).toEqual([number]);
      await untilCopied(ada, 1);
    }
  });

  it('waits for a frozen Redis no longer than a command may take, and then not at all', async () => {
    const { number } = await place(ada);
    await untilCopied(ada, 1);
    replica.redis.freeze();
    try {
      const frozenAtMs = systemClock.monotonicMs();
      expect(await listed(ada)).toEqual([number]);
      expect(systemClock.monotonicMs() - frozenAtMs).toBeLessThan(BOUND_MS);
      const second = await place(ada);
      const laterAtMs = systemClock.monotonicMs();
      for (let times = 0; times < 20; times += 1) {
        expect(await listed(ada)).toEqual([second.number, number]);
      }
      expect(systemClock.monotonicMs() - laterAtMs).toBeLessThan(20 * COMMAND_TIMEOUT_MS);
    } finally {
      replica.redis.thaw();
    }
    await untilCopied(ada, 2);
  });

  it('pages through the copy and on through the database, and leaves nothing out', async () => {
    const count = HISTORY_LENGTH + 30;
    const all: string[] = [];
    // Pairs of the same instant.
    for (let index = 0; index < count; index += 1) {
      all.push((await place(ada, FIRST_PLACED_AT + Math.floor(index / 2))).id);
    }
    all.reverse();
    await untilCopied(ada, HISTORY_LENGTH);
    for (const limit of [7, HISTORY_LENGTH]) {
      const paged: string[] = [];
      const reads = await readsDuring(async () => {
        for (let after: OrderPosition | undefined; ;) {
          const page = await list(ada, after, limit);
          paged.push(...page.map(({ id }) => id));
          const last = page.at(-1);
          if (last === undefined) return;
          after = { createdAt: last.placedAt, id: last.id };
        }
      });
      expect(paged).toEqual(all);
      // The copy answers all pages that end within it.
      expect(reads).toBe(Math.ceil(count / limit) + 1 - Math.floor(HISTORY_LENGTH / limit));
    }
  });

  it('goes from Redis with the person, also when that is away, and does not come back', async () => {
    const { id, number } = await place(ada);
    await untilCopied(ada, 1);
    await run(get(EraseCustomerHandler), { customerId: ada });
    const jobs = await get(PrimaryReader).query<{ payload_json: string }>(sql`
      SELECT payload_json
      FROM job
      WHERE name = 'renew-order-history'`);
    expect(jobs.map(({ payload_json: payload }) => JSON.parse(payload) as unknown)).toEqual([
      { customerId: ada },
    ]);
    const forget = () => run(get(RenewOrderHistoryHandler), { customerId: ada });
    replica.redis.freeze();
    try {
      await expect(forget()).rejects.toMatchObject({ code: 'orders.history-not-renewed' });
    } finally {
      replica.redis.thaw();
    }
    await eventually('Redis answers again', async () => {
      await forget();
      return true;
    });
    expect(await redis('EXISTS', key(ada))).toBe('0');
    await run(get(WriteOrderMailHandler), { orderId: id, mail: 'shipped', sequence: 2 });
    expect(await listed(ada)).toEqual([number]);
    await get(OrderHistoryRenewal).tryRenew(ada);
    expect(await redis('EXISTS', key(ada))).toBe('0');
  });
});
