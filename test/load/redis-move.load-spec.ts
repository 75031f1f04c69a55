import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { delay } from '#libs/kernel';
import { eventually, startRedis, type RedisFixture, type RunningReplica } from '#libs/testing';
import { BackgroundReads, type ReadReport } from '../support/background-reads.js';
import { amountOf, createProduct } from '../support/catalog-client.js';
import { PayingShop } from '../support/paying-shop.js';
import { PriceBook } from '../support/price-book.js';
import { ReplicaClient } from '../support/replica-client.js';
import { checkout, fillCart, stockOf } from '../support/shop-client.js';

const STORE = 'moving';
const SKU = 'PAD';
const ON_HAND = 100_000;
const CHANGED_PRODUCTS = 20;
const CHANGE_EVERY_MS = 50;
const SHOPPERS = 2;
/** Between two steps, so that each is seen under traffic. */
const STEP_MS = 3_000;
/** The default of CACHE_LEASE_MS: what a replica may be behind at most, whatever it hears. */
const LEASE_MS = 2_000;
const LIMIT_MS = 15 * 60_000;

/**
 * The run book "Moving to another Redis" of docs/operations.md: nothing is copied, replicas of the new Redis take the
 * place of those of the old one, one after another, while shoppers read and buy and staff change prices.
 */
describe('a fleet that moves to another Redis', () => {
  let shop: PayingShop;
  let book: PriceBook;
  let next: RedisFixture;

  beforeAll(async () => {
    shop = await PayingShop.open({
      commerce: 2,
      authoring: 2,
      store: STORE,
      sku: SKU,
      onHand: ON_HAND,
    });
    next = await startRedis();
    const products = [];
    for (let index = 0; index < CHANGED_PRODUCTS; index += 1) {
      products.push((await createProduct(shop.staff, STORE, `disc-${index}`)).product);
    }
    book = new PriceBook(shop.staff, products);
  });

  afterAll(async () => {
    await shop?.close();
    await next?.stop();
  });

  it(
    'fails no request, shows no old price for longer than the lease, and owes nothing twice',
    async () => {
      const { fleet, database, trap, ware } = shop;
      const [commerce, authoring] = [[...fleet.commerce], [...fleet.authoring]];
      const office = () => shop.staff.at(authoring[0]!.url);
      const busy = new Map<RunningReplica, number>();
      /** A replica of the list is not ended while it works for somebody. */
      const withOne = async <T>(
        replicas: readonly RunningReplica[],
        turn: number,
        work: (replica: RunningReplica) => Promise<T>,
      ): Promise<T> => {
        const replica = replicas[turn % replicas.length]!;
        busy.set(replica, (busy.get(replica) ?? 0) + 1);
        try {
          return await work(replica);
        } finally {
          busy.set(replica, busy.get(replica)! - 1);
        }
      };
      let oldestMs = 0;
      const readAt = (replica: RunningReplica) =>
        new BackgroundReads([replica], book.products, (product, body, beganMs) => {
          oldestMs = Math.max(oldestMs, book.ageMs(product, amountOf(body), beganMs));
        });
      const readers = new Map(commerce.map((replica) => [replica, readAt(replica)]));
      const reports: ReadReport[] = [];

      let isOver = false;
      let written = 0;
      const changing = (async () => {
        for (; !isOver; written += 1) {
          await withOne(authoring, 0, ({ url }) =>
            book.raise(written % CHANGED_PRODUCTS, shop.staff.at(url)),
          );
          await delay(CHANGE_EVERY_MS);
        }
      })();
      const bought: string[] = [];
      const buying = Array.from({ length: SHOPPERS }, async () => {
        for (let turn = 0; !isOver; turn += 1) {
          const email = `move-${randomUUID()}@example.com`;
          const { held, cart } = await withOne(commerce, turn, ({ url }) =>
            fillCart(new ReplicaClient(url), STORE, [{ sku: SKU, quantity: 1 }], 'manual', email),
          );
          // On the other one.
          const reply = await withOne(commerce, turn + 1, ({ url }) =>
            checkout(new ReplicaClient(url), held, cart.total, randomUUID()),
          );
          expect([reply.status, reply.body]).toEqual([201, expect.anything()]);
          bought.push(email);
        }
      });

      /** As a load balancer and `roll.sh` do: the new one is asked, then the old one ends what it has. */
      const move = async (replicas: RunningReplica[], index: number): Promise<void> => {
        const old = replicas[index]!;
        const replacement = await fleet.add(old.role, { REDIS_URL: next.url });
        replicas[index] = replacement;
        const reader = readers.get(old);
        if (reader !== undefined) {
          readers.set(replacement, readAt(replacement));
          readers.delete(old);
          reports.push(await reader.stop());
        }
        await eventually('the old one has nothing to do', () => (busy.get(old) ?? 0) === 0, {
          withinMs: 60_000,
          everyMs: 1,
        });
        await old.stop();
        await delay(STEP_MS);
      };
      const moving = (async () => {
        await delay(STEP_MS);
        // Workers at both for as long as somebody hands jobs over at both.
        await move(authoring, 1);
        for (const index of commerce.keys()) await move(commerce, index);
        await move(authoring, 0);
        await fleet.redis.kill();
        await delay(STEP_MS);
      })();
      await Promise.race([moving, changing, ...buying]);
      await moving;
      isOver = true;
      await Promise.all([changing, ...buying]);
      for (const reader of readers.values()) reports.push(await reader.stop());

      const ofMove = sql`email LIKE 'move-%'`;
      const placed = await database.rows<{ email: string }>(
        sql`SELECT email FROM sales_order WHERE ${ofMove}`,
      );
      expect(placed.map(({ email }) => email).toSorted()).toEqual(bought.toSorted());
      await eventually(
        'every mail is sent',
        async () => {
          const sent = await database.rows<{ recipient: string }>(sql`
            SELECT recipient
            FROM mail
            WHERE recipient LIKE 'move-%' AND kind = 'order-confirmation' AND state = 'sent'`);
          return sent.length >= bought.length;
        },
        { withinMs: 240_000, everyMs: 200 },
      );
      for (const email of bought) expect(trap.to(email)).toHaveLength(1);
      expect(await stockOf(office(), ware)).toBe(ON_HAND - bought.length);
      const dead = await office().get<{ items: unknown[] }>('/jobs?state=dead');
      expect(dead.body.items).toEqual([]);
      expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
      expect(oldestMs).toBeLessThan(LEASE_MS);
      const reads = reports.reduce((sum, { requests }) => sum + requests, 0);
      process.stdout.write(
        `\n4 replicas moved: ${reads} reads, ${written} prices written, ${bought.length} orders; oldest answer ${Math.round(oldestMs)} ms\n`,
      );
    },
    LIMIT_MS,
  );
});
