import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { delay } from '#libs/kernel';
import { startFleet, type RunningFleet } from '#libs/testing';
import { anyFreePort } from '../../tools/fleet/free-port.js';
import {
  amountOf,
  createProduct,
  createStore,
  setPrice,
  storefrontPath,
  type PricedProduct,
} from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';
import { Varnish, whyNoVarnish } from './varnish/varnish.js';

const STORE = 'behind-cdn';
const PRODUCTS = 50;
const CHANGES = 100;
const SHOPPERS = 4;
/** What is promised to who puts a CDN before the shop. */
const VISIBLE_WITHIN_MS = 2_000;
/** Longer than the second purge of a change is away. */
const AFTERWARDS_MS = 6_000;
const LIMIT_MS = 5 * 60_000;

const reason = whyNoVarnish();
if (reason !== undefined) process.stdout.write(`\nVarnish is skipped: ${reason}\n`);
const describeIfThere = reason === undefined ? describe : describe.skip;

describeIfThere('prices behind a real Varnish before a real replica', () => {
  let fleet: RunningFleet;
  let varnish: Varnish;
  let staff: ReplicaClient;
  let shop: ReplicaClient;
  const products: PricedProduct[] = [];

  beforeAll(async () => {
    const port = await anyFreePort();
    fleet = await startFleet({
      commerce: 1,
      authoring: 1,
      env: {
        CDN_PROVIDER: 'varnish-ban',
        CDN_PURGE_URL: `http://127.0.0.1:${port}`,
        CDN_SHARED_SECONDS: '3600',
      },
    });
    const originPort = Number(new URL(fleet.commerce[0]!.url).port);
    varnish = await Varnish.start({ provider: 'varnish-ban', port, originPort });
    shop = new ReplicaClient(varnish.url);
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    for (let number = 0; number < PRODUCTS; number += 1) {
      products.push((await createProduct(staff, STORE, `disc-${number}`, 1_000)).product);
    }
  }, LIMIT_MS);

  afterAll(async () => {
    await varnish?.stop();
    await fleet?.stop();
  }, LIMIT_MS);

  it(
    'are seen through it within two seconds of their change, and it answers most requests itself',
    async () => {
      const reads = { hit: 0, miss: 0 };
      const stored = new Map<string, number>();
      let isOver = false;
      const read = async (product: PricedProduct) => {
        const { status, headers, body } = await shop.get(storefrontPath(product));
        expect(status).toBe(200);
        reads[headers.get('x-cache') === 'hit' ? 'hit' : 'miss'] += 1;
        return amountOf(body);
      };
      const shoppers = Array.from({ length: SHOPPERS }, async () => {
        while (!isOver) await read(products[Math.floor(Math.random() * PRODUCTS)]!);
      });

      const delaysMs: number[] = [];
      for (let change = 1; change <= CHANGES; change += 1) {
        const index = change % PRODUCTS;
        const price = 1_000 + change;
        products[index] = (await setPrice(staff, products[index]!, price)).product;
        stored.set(products[index].slug, price);
        const beganMs = performance.now();
        while ((await read(products[index])) !== price) {
          expect(performance.now() - beganMs).toBeLessThan(VISIBLE_WITHIN_MS);
          await delay(5);
        }
        delaysMs.push(performance.now() - beganMs);
      }
      // None comes back: each is purged once more, and what is kept then is what is stored.
      await delay(AFTERWARDS_MS);
      for (const product of products) expect(await read(product)).toBe(stored.get(product.slug));
      isOver = true;
      await Promise.all(shoppers);

      const sorted = delaysMs.toSorted((one, other) => one - other);
      const at = (share: number) => Math.round(sorted[Math.floor(share * (CHANGES - 1))]!);
      const total = reads.hit + reads.miss;
      process.stdout.write(
        `\n${CHANGES} changes of prices, visible through Varnish after p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ` +
          `at most ${at(1)} ms; ${total} reads, ${((100 * reads.hit) / total).toFixed(1)} % answered by Varnish\n`,
      );
      expect(reads.hit).toBeGreaterThan(reads.miss);
    },
    LIMIT_MS,
  );
});
