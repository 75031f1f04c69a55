import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFleet, TcpProxy, type RunningFleet } from '#libs/testing';
import {
  amountOf,
  createProduct,
  createStore,
  setPrice,
  storefrontPath,
  type PricedProduct,
} from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';

const STORE = 'positions';

describe('reading on another replica what one has just written', () => {
  let fleet: RunningFleet;
  let proxy: TcpProxy;
  let staff: ReplicaClient;
  let shop: ReplicaClient;
  let product: PricedProduct;
  let price = 1_000;

  beforeAll(async () => {
    fleet = await startFleet({
      commerce: 0,
      authoring: 1,
      // By itself a replica looks at the log so rarely that only the position of a request can help it.
      env: {
        CACHE_FOLLOW_INTERVAL_MS: '50000',
        CACHE_LEASE_MS: '60000',
        CACHE_MAX_STALE_MS: '60000',
        // It follows the log when it finds a difference.
        CACHE_VERIFY_PER_SECOND: '0',
        // It follows the log after it has read records anew.
        CACHE_RECORDS_MAX_BYTES: '0',
        JOBS_WORKER: 'false',
      },
    });
    proxy = await TcpProxy.start({ targetPort: fleet.redis.port });
    const replica = await fleet.add('commerce', { REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
    shop = new ReplicaClient(replica.url);
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    const created = await createProduct(staff, STORE, 'disc', price);
    product = created.product;
    await read({ 'lockstep-position': created.position });
    proxy.freeze();
    await awaitIndex(created.position);
  });

  afterAll(async () => {
    await fleet?.stop();
    await proxy?.stop();
  });

  const read = (headers: Record<string, string> = {}) =>
    shop.get<unknown>(storefrontPath(product), headers);
  /** Soon after a change the search index follows the log by itself, unless a search made it do so. */
  const awaitIndex = async (position: string) => {
    const list = await shop.get(`/stores/${STORE}/products`, { 'lockstep-position': position });
    expect(list.status).toBe(200);
  };

  it('shows the new price to the first request that carries the position', async () => {
    let byItself = 0;
    for (let round = 0; round < 20; round += 1) {
      const old = price;
      price += 1;
      const written = await setPrice(staff, product, price);
      product = written.product;
      expect(written.position).toMatch(/^\d+@[\w-]+$/);

      // Cut off from Redis the replica cannot know yet: what it shows to others proves that.
      const anonymous = await read();
      // Once in fifty seconds it has looked at the log by itself, and this round shows nothing.
      if (amountOf(anonymous.body) === price) {
        byItself += 1;
        await awaitIndex(written.position);
        continue;
      }
      expect([amountOf(anonymous.body), anonymous.headers.get('cache-status')]).toEqual([
        old,
        'lockstep; hit',
      ]);
      const first = await read({ 'lockstep-position': written.position });
      expect([first.status, amountOf(first.body)]).toEqual([200, price]);
      expect(amountOf((await read()).body)).toBe(price);
      await awaitIndex(written.position);
    }
    expect(byItself).toBeLessThan(5);
  });

  it('shows it to every one of many requests that come at once', async () => {
    price += 1;
    const written = await setPrice(staff, product, price);
    product = written.product;
    const headers = { 'lockstep-position': written.position };
    const answers = await Promise.all(Array.from({ length: 50 }, () => read(headers)));
    expect(new Set(answers.map(({ body }) => amountOf(body)))).toEqual(new Set([price]));
  });

  it('is not held up by a position that was reached long ago', async () => {
    const written = await setPrice(staff, product, (price += 1));
    product = written.product;
    await read({ 'lockstep-position': written.position });
    const { status, headers } = await read({
      'lockstep-position': written.position.replace(/^\d+/, '1'),
    });
    expect([status, headers.get('cache-status')]).toEqual([200, 'lockstep; hit']);
  });
});
