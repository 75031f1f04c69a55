import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { delay } from '#libs/kernel';
import { BackgroundReads } from '../support/background-reads.js';
import { amountOf, createProduct } from '../support/catalog-client.js';
import { CutCheckouts } from '../support/cut-checkouts.js';
import { expectEverythingOnce } from '../support/expect-everything-once.js';
import { isLeaking } from '../support/memory-growth.js';
import { MemoryWatch } from '../support/memory-watch.js';
import { PayingShop } from '../support/paying-shop.js';
import { PriceBook } from '../support/price-book.js';
import { INSPECTABLE } from '../support/replica-inspector.js';
import { stockOf } from '../support/shop-client.js';

const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 30);
const CHECKOUTS = 60 * MINUTES;
const STORE = 'soak';
const SKU = 'PAD';
const ON_HAND = 1_000_000;
const CHANGED_PRODUCTS = 40;
const CHANGE_EVERY_MS = 100;
/** The default of CACHE_LEASE_MS: what a replica may be behind at most. */
const LEASE_MS = 2_000;
/** MiB that a container of docker-compose.scale.yml has. */
const CONTAINER_MIB = { commerce: 768, authoring: 1_024 };
const LIMIT_MS = (MINUTES + 30) * 60_000;

/**
 * Two commerce replicas and both of authoring live through all of it; each minute another commerce replica is killed
 * in the middle of a checkout and replaced.
 */
describe(`a fleet under load for ${MINUTES} minutes, with a kill in each`, () => {
  let shop: PayingShop;
  let book: PriceBook;

  beforeAll(async () => {
    shop = await PayingShop.open({
      commerce: 4,
      authoring: 2,
      store: STORE,
      sku: SKU,
      onHand: ON_HAND,
      env: INSPECTABLE,
    });
    const { staff } = shop;
    const products = [];
    for (let index = 0; index < CHANGED_PRODUCTS; index += 1) {
      products.push((await createProduct(staff, STORE, `disc-${index}`)).product);
    }
    book = new PriceBook(staff, products);
  });

  afterAll(() => shop?.close());

  it(
    'shows no old price, loses no job, doubles nothing and does not grow',
    async () => {
      const { fleet, provider, staff, ware } = shop;
      const survivors = fleet.commerce.slice(0, 2);
      const killed = fleet.commerce.slice(2);
      const memory = new MemoryWatch([...survivors, ...fleet.authoring]);
      let oldestStaleMs = 0;
      const reads = new BackgroundReads(survivors, book.products, (product, body, beganMs) => {
        oldestStaleMs = Math.max(oldestStaleMs, book.ageMs(product, amountOf(body), beganMs));
      });
      let isOver = false;
      let written = 0;
      const changing = (async () => {
        for (; !isOver; written += 1) {
          await book.raise(written % CHANGED_PRODUCTS);
          await delay(CHANGE_EVERY_MS);
        }
      })();
      const { authoring } = fleet;
      const mortal = { commerce: killed, authoring, add: fleet.add.bind(fleet) };
      const checkouts = new CutCheckouts(mortal, provider, staff, {
        seed: 1,
        checkouts: CHECKOUTS,
        shoppers: 4,
        perMinute: CHECKOUTS / MINUTES,
        kills: MINUTES,
        store: STORE,
        sku: SKU,
      });
      const settled = await checkouts.run();
      isOver = true;
      await changing;
      const read = await reads.stop();
      const grown = await memory.stop();

      await expectEverythingOnce(STORE, settled, shop);
      const dead = await staff.get<{ items: unknown[] }>('/jobs?state=dead');
      const ms = (value: number): string => `${Math.round(value)} ms`;
      process.stdout.write(
        `\n${MINUTES} minutes, ${checkouts.cuts.kill} kills: ${read.requests} reads (p99 ${ms(read.p99Ms)}, at most ${ms(read.maxMs)}), ` +
          `${written} prices written, ${settled.length} checkouts; oldest answer ${ms(oldestStaleMs)}\n`,
      );
      console.table(grown);
      expect(oldestStaleMs).toBeLessThan(LEASE_MS);
      expect(read.failures).toEqual([]);
      expect(dead.body.items).toEqual([]);
      expect(await stockOf(staff, ware)).toBe(ON_HAND - CHECKOUTS);
      expect(checkouts.cuts.kill).toBe(MINUTES);
      expect(grown.filter(isLeaking)).toEqual([]);
      expect(grown.filter(({ role, mostMib }) => mostMib > CONTAINER_MIB[role])).toEqual([]);
    },
    LIMIT_MS,
  );
});
