import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { PrimaryReader, sql } from '#libs/database';
import { describeOnEachDatabase, eventually, gate, inOwnTime } from '#libs/testing';
import type { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { EraseCustomerHandler } from '../../../customers/src/authoring/erase-customer.handler.js';
import { FIRST_PLACED_AT, HistoryShop, numbersOf } from '../../test/history-shop.js';
import { RenewOrderHistoryHandler } from '../authoring/history/renew-order-history.handler.js';
import { WriteOrderMailHandler } from '../authoring/mails/write-order-mail.handler.js';
import { HISTORY_LENGTH, type OrderGlance } from '../model/history/order-glance.js';
import { HISTORY_SERIES } from '../model/history/order-history.copy.js';
import { OrderHistoryRenewal } from '../model/history/order-history.renewal.js';
import { OrderLookup, type OrderPosition } from '../model/order-lookup.js';

/** Longer than Redis takes for an answer on a busy machine. */
const COMMAND_TIMEOUT_MS = 1_000;
/** Less than it takes until a silent connection is given up, which ends every wait on it. */
const BOUND_MS = 1_800;

describeOnEachDatabase('the order history of a customer', (open) => {
  let shop: HistoryShop;
  let replica: CatalogReplica;
  let ada: string;
  let bob: string;

  beforeAll(async () => {
    shop = await HistoryShop.start(open);
    ({ replica } = shop);
  });

  afterAll(() => replica?.close());

  beforeEach(async () => {
    [ada, bob] = [await shop.addCustomer(), await shop.addCustomer()];
  });

  const get = <T>(type: new (...args: never[]) => T): T => replica.app.get<T>(type);
  const list: HistoryShop['list'] = (...asked) => shop.list(...asked);
  const listed = async (customerId: string) => numbersOf(await list(customerId));
  const redis = (...args: string[]) => replica.redis.cli(...args);
  const key = (customerId: string) => shop.key(customerId);

  it('is copied to a sorted set by the time of placing when it is read, and answered from there', async () => {
    const first = await shop.place(ada);
    const second = await shop.place(ada);
    await shop.place(bob);
    const fromDatabase = await list(ada);
    expect(numbersOf(fromDatabase)).toEqual([second.number, first.number]);
    await shop.untilCopied(ada, 2);
    const scored = (await redis('ZRANGE', key(ada), '0', '-1', 'WITHSCORES')).split('\n');
    expect(JSON.parse(scored[0] ?? '')).toMatchObject({ number: first.number, state: 'open' });
    expect(Number(scored[1])).toBe(fromDatabase[1]?.placedAt);
    const lifeMs = Number(await redis('PTTL', key(ada)));
    expect(lifeMs).toBeGreaterThan(0);
    expect(lifeMs).toBeLessThanOrEqual(HISTORY_SERIES.ttlMs);
    let fromCopy: readonly OrderGlance[] = [];
    expect(await shop.readsDuring(async () => void (fromCopy = await list(ada)))).toBe(0);
    expect(fromCopy).toEqual(fromDatabase);
  });

  it('is copied by the job of an order, before anybody reads it', async () => {
    const { id, number } = await shop.place(ada);
    await shop.run(get(WriteOrderMailHandler), { orderId: id, mail: 'confirmation', sequence: 1 });
    expect(await shop.copied(ada)).toBe(1);
    expect(await shop.readsDuring(async () => expect(await listed(ada)).toEqual([number]))).toBe(0);
  });

  it('shows an order, and what becomes of it, at once, whatever the copy still says', async () => {
    const { id, number } = await shop.place(ada);
    const writes: (() => Promise<unknown>)[] = [
      () => shop.cancel(id),
      () => shop.pay(id),
      () => shop.place(ada, FIRST_PLACED_AT * 2),
    ];
    const shown: unknown[] = [];
    for (const write of writes) {
      await shop.untilAnsweredByCopy(ada);
      await shop.withoutRenewal(ada, async () => {
        await write();
        const { state, paymentState, ...newest } = (await list(ada))[0]!;
        shown.push([newest.number === number, state, paymentState]);
        expect(await shop.copied(ada)).toBe(1);
      });
    }
    expect(shown).toEqual([
      [true, 'cancelled', 'pending'],
      [true, 'cancelled', 'paid'],
      [false, 'open', 'pending'],
    ]);
  });

  it('shows what became of an order while the copy was made', async () => {
    const { id } = await shop.place(ada);
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
    await shop.cancel(id);
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
    const own = await shop.place(ada);
    await shop.place(bob);
    for (const one of [ada, bob]) {
      await shop.untilCopied(one, 1);
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
      await shop.untilAnsweredByCopy(ada);
      expect(await listed(ada)).toEqual([own.number]);
    }
  });

  it('is made anew in a Redis that was emptied, or is another', async () => {
    const { number } = await shop.place(ada);
    const losses = [
      () => redis('FLUSHALL'),
      async () => {
        await replica.redis.kill();
        expect(await listed(ada)).toEqual([number]);
        await replica.redis.restart({ empty: true });
      },
    ];
    for (const lose of losses) {
      await shop.untilCopied(ada, 1);
      await lose();
      expect(await listed(ada)).toEqual([number]);
      await shop.untilCopied(ada, 1);
    }
  });

  it('pages through the copy and on through the database, and leaves nothing out', async () => {
    const count = HISTORY_LENGTH + 30;
    const all: string[] = [];
    // Pairs of the same instant.
    for (let index = 0; index < count; index += 1) {
      all.push((await shop.place(ada, FIRST_PLACED_AT + Math.floor(index / 2))).id);
    }
    all.reverse();
    await shop.untilCopied(ada, HISTORY_LENGTH);
    for (const limit of [7, HISTORY_LENGTH]) {
      const paged: string[] = [];
      const reads = await shop.readsDuring(async () => {
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
    const { id, number } = await shop.place(ada);
    await shop.untilCopied(ada, 1);
    await shop.run(get(EraseCustomerHandler), { customerId: ada });
    const jobs = await get(PrimaryReader).query<{ payload_json: string }>(sql`
      SELECT payload_json
      FROM job
      WHERE name = 'renew-order-history'`);
    expect(jobs.map(({ payload_json: payload }) => JSON.parse(payload) as unknown)).toEqual([
      { customerId: ada },
    ]);
    const forget = () => shop.run(get(RenewOrderHistoryHandler), { customerId: ada });
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
    await shop.run(get(WriteOrderMailHandler), { orderId: id, mail: 'shipped', sequence: 2 });
    expect(await listed(ada)).toEqual([number]);
    await get(OrderHistoryRenewal).tryRenew(ada);
    expect(await redis('EXISTS', key(ada))).toBe('0');
  });
});

describeOnEachDatabase('the order history of a customer who does not wait', (open) => {
  let shop: HistoryShop;

  beforeAll(async () => {
    shop = await HistoryShop.start(open, COMMAND_TIMEOUT_MS);
  });

  afterAll(() => shop?.replica.close());

  it('waits for a frozen Redis no longer than a command may take, and then not at all', async () => {
    const ada = await shop.addCustomer();
    const listed = async () => numbersOf(await shop.list(ada));
    const { number } = await shop.place(ada);
    await shop.untilCopied(ada, 1);
    shop.replica.redis.freeze();
    try {
      const [first, waitedMs] = await inOwnTime(() => listed());
      expect(first).toEqual([number]);
      expect(waitedMs).toBeLessThan(BOUND_MS);
      const second = await shop.place(ada);
      const [, laterMs] = await inOwnTime(async () => {
        for (let times = 0; times < 20; times += 1) {
          expect(await listed()).toEqual([second.number, number]);
        }
      });
      expect(laterMs).toBeLessThan(20 * COMMAND_TIMEOUT_MS);
    } finally {
      shop.replica.redis.thaw();
    }
    await shop.untilCopied(ada, 2);
  });
});
