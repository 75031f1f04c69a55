import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { delay } from '#libs/kernel';
import { RedisNames } from '#libs/redis';
import {
  clusterProblem,
  eventually,
  startRedisCluster,
  type ClusterFixture,
  type RedisFixture,
} from '#libs/testing';
import { BackgroundReads } from '../support/background-reads.js';
import { amountOf, createProduct } from '../support/catalog-client.js';
import { LostConnections } from '../support/lost-connections.js';
import { PayingShop } from '../support/paying-shop.js';
import { PriceBook } from '../support/price-book.js';
import { ReplicaClient } from '../support/replica-client.js';
import { checkout, fillCart, stockOf } from '../support/shop-client.js';

const problem = await clusterProblem();
const note = problem === undefined ? '' : ` (skipped: ${problem})`;

const STORE = 'sharded';
const SKU = 'DISC';
const ON_HAND = 100_000;
const CHANGED_PRODUCTS = 20;
const CHANGE_EVERY_MS = 50;
const SHOPPERS = 2;
const STEP_MS = 3_000;
/** The default of CACHE_LEASE_MS: what a replica may be behind at most, whatever it hears. */
const LEASE_MS = 2_000;
const LIMIT_MS = 15 * 60_000;
const LONG = { withinMs: 240_000, everyMs: 200 };

interface Fault {
  readonly what: string;
  /** Until the nodes agreed on another master. */
  readonly takenOverMs: number;
  /** Until every connection of every replica was there again. */
  readonly connectedMs: number;
  /** Purposes of which a replica had lost the connection. */
  readonly lost: readonly string[];
}

/**
 * A fleet on a Redis Cluster of three masters and three replicas, whose masters die and freeze one after the other while
 * shoppers read and buy and staff change prices.
 */
(problem === undefined ? describe : describe.skip)(`a fleet on a Redis Cluster${note}`, () => {
  let cluster: ClusterFixture;
  let shop: PayingShop;
  let book: PriceBook;

  beforeAll(async () => {
    cluster = await startRedisCluster();
    shop = await PayingShop.open({
      commerce: 2,
      authoring: 2,
      store: STORE,
      sku: SKU,
      onHand: ON_HAND,
      redisUrl: cluster.url,
    });
    const products = [];
    for (let index = 0; index < CHANGED_PRODUCTS; index += 1) {
      products.push((await createProduct(shop.staff, STORE, `shard-${index}`)).product);
    }
    book = new PriceBook(shop.staff, products);
  }, 240_000);

  afterAll(async () => {
    await shop?.close();
    await cluster?.stop();
  });

  it(
    'fails no request, shows no old price for longer than the lease, and owes nothing twice',
    async () => {
      const { fleet, database, trap, ware } = shop;
      const { commerce, authoring } = fleet;
      const names = new RedisNames({
        channelPrefix: fleet.env['CHANNEL_PREFIX'] ?? '',
        isCluster: true,
      });
      const watch = new LostConnections([...commerce, ...authoring]);
      let oldestMs = 0;
      const reads = new BackgroundReads(commerce, book.products, (product, body, beganMs) => {
        oldestMs = Math.max(oldestMs, book.ageMs(product, amountOf(body), beganMs));
      });
      let isOver = false;
      let written = 0;
      const changing = (async () => {
        for (; !isOver; written += 1) {
          const { url } = authoring[written % authoring.length]!;
          await book.raise(written % CHANGED_PRODUCTS, shop.staff.at(url));
          await delay(CHANGE_EVERY_MS);
        }
      })();
      const bought: string[] = [];
      const buying = Array.from({ length: SHOPPERS }, async () => {
        for (let turn = 0; !isOver; turn += 1) {
          const email = `cluster-${randomUUID()}@example.com`;
          const at = (index: number) =>
            new ReplicaClient(commerce[(turn + index) % commerce.length]!.url);
          const items = [{ sku: SKU, quantity: 1 }];
          const { held, cart } = await fillCart(at(0), STORE, items, 'manual', email);
          const reply = await checkout(at(1), held, cart.total, randomUUID());
          expect([reply.status, reply.body]).toEqual([201, expect.anything()]);
          bought.push(email);
        }
      });

      const suffer = async (
        what: string,
        home: string,
        begin: (master: RedisFixture) => Promise<void> | void,
        end: (master: RedisFixture) => Promise<void> | void,
      ): Promise<Fault> => {
        const [master] = await cluster.mastersOf(home);
        watch.begin();
        const beganMs = performance.now();
        await begin(master!);
        await cluster.successorOf(master!, home);
        const takenOverMs = performance.now() - beganMs;
        const lastConnectedAtMs = await watch.allConnected();
        await delay(STEP_MS);
        await end(master!);
        await cluster.untilWhole();
        await watch.allConnected();
        const connectedMs = lastConnectedAtMs - beganMs;
        return { what, takenOverMs, connectedMs, lost: watch.lost };
      };
      const faults: Fault[] = [];
      const suffering = (async () => {
        await delay(STEP_MS);
        for (const [what, home] of [
          ['jobs', names.queuePrefix],
          ['announcements', names.invalidationChannel],
        ] as const) {
          const killed = `the master of ${what} is killed`;
          const kill = (master: RedisFixture) => master.kill();
          faults.push(await suffer(killed, home, kill, (master) => master.restart()));
          const frozen = `the master of ${what} is frozen`;
          const freeze = (master: RedisFixture) => master.freeze();
          faults.push(await suffer(frozen, home, freeze, (master) => master.thaw()));
        }
        await delay(STEP_MS);
      })();
      await Promise.race([suffering, changing, ...buying]);
      await suffering;
      isOver = true;
      await Promise.all([changing, ...buying]);
      await watch.stop();
      const { requests, failures, p99Ms, maxMs } = await reads.stop();

      const placed = await database.rows<{ email: string }>(
        sql`SELECT email FROM sales_order WHERE email LIKE 'cluster-%'`,
      );
      expect(placed.map(({ email }) => email).toSorted()).toEqual(bought.toSorted());
      await eventually(
        'every mail is sent',
        async () => {
          const sent = await database.rows<{ recipient: string }>(sql`
            SELECT recipient
            FROM mail
            WHERE recipient LIKE 'cluster-%' AND kind = 'order-confirmation' AND state = 'sent'`);
          return sent.length >= bought.length;
        },
        LONG,
      );
      for (const email of bought) expect(trap.to(email)).toHaveLength(1);
      expect(await stockOf(shop.staff, ware)).toBe(ON_HAND - bought.length);
      const dead = await shop.staff.get<{ items: unknown[] }>('/jobs?state=dead');
      expect(dead.body.items).toEqual([]);
      expect(failures).toEqual([]);
      expect(oldestMs).toBeLessThan(LEASE_MS);
      const rows = faults.map(
        ({ what, takenOverMs, connectedMs, lost }) =>
          `| ${what} | ${seconds(takenOverMs)} | ${seconds(connectedMs)} | ${lost.join(', ')} |`,
      );
      process.stdout.write(
        `\n| fault | another master after | all connected after | connections lost |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n` +
          `${requests} reads (p99 ${Math.round(p99Ms)} ms, slowest ${Math.round(maxMs)} ms), ${written} prices written, ${bought.length} orders; oldest answer ${Math.round(oldestMs)} ms\n`,
      );
    },
    LIMIT_MS,
  );
});

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
