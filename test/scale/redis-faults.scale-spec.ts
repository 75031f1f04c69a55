import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startFleet, TcpProxy, type RunningFleet } from '#libs/testing';
import { BackgroundReads } from '../support/background-reads.js';
import { createProduct, createStore, type PricedProduct } from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';
import { StorefrontFleet, type Spread } from '../support/storefront-fleet.js';

const STORE = 'faults';
const WRITES = 5;
/** The default of CACHE_LEASE_MS. */
const LEASE_MS = 2_000;
/** A load on a machine that is busy with everything else. */
const LOAD_MS = 2_000;
/** What a request that waited for Redis would take at least is its command timeout, several times over. */
const MAX_REQUEST_MS = 1_000;

describe('a price that changes while Redis is away', () => {
  let fleet: RunningFleet;
  let staff: ReplicaClient;
  let shops: StorefrontFleet;
  let product: PricedProduct;
  let amount = 1_000;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 3, authoring: 1, env: { JOBS_WORKER: 'false' } });
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    shops = new StorefrontFleet(staff, fleet.commerce);
    product = (await createProduct(staff, STORE, 'disc')).product;
    await shops.warm(product);
    await allConnected();
  }, 120_000);

  afterAll(async () => {
    fleet?.redis.thaw();
    await fleet?.stop();
  }, 60_000);

  const allConnected = () =>
    eventually(
      'every replica hears the others',
      async () =>
        (await shops.metric('lockstep_cache_backplane_connected')) === fleet.commerce.length,
      { withinMs: 60_000 },
    );

  async function change(
    through: StorefrontFleet,
    afterwards?: () => Promise<unknown>,
  ): Promise<Spread> {
    amount += 1;
    const spread = await through.change(product, amount, afterwards);
    product = spread.written.product;
    return spread;
  }

  /** No request that began when the lease was over was answered with an old price, and none took long. */
  function expectBound(spreads: readonly Spread[]): void {
    for (const { lastStaleMs, lastMs, written } of spreads) {
      expect(lastStaleMs).toBeLessThan(LEASE_MS);
      expect(lastMs).toBeLessThan(LEASE_MS + LOAD_MS);
      expect(written.reply.tookMs).toBeLessThan(MAX_REQUEST_MS);
    }
  }

  function show(fault: string, spreads: readonly Spread[], more: object = {}): void {
    const most = (values: readonly number[]) => Math.round(Math.max(...values));
    console.table({
      [fault]: {
        writes: spreads.length,
        lastReplicaMs: most(spreads.map(({ lastMs }) => lastMs)),
        lastStaleBeganMs: most(spreads.map(({ lastStaleMs }) => lastStaleMs)),
        maxWriteMs: most(spreads.map(({ written }) => written.reply.tookMs)),
        ...more,
      },
    });
  }

  /** Writes while shoppers read everywhere; neither may notice that Redis is away. */
  async function expectUnnoticed(fault: string, begin: () => Promise<void>): Promise<void> {
    const reads = new BackgroundReads(fleet.commerce, [product]);
    const spreads: Spread[] = [];
    try {
      await begin();
      for (let write = 0; write < WRITES; write += 1) spreads.push(await change(shops));
    } finally {
      const { requests, failures, maxMs } = await reads.stop();
      show(fault, spreads, { reads: requests, maxReadMs: Math.round(maxMs) });
      expect(failures).toEqual([]);
      expect(maxMs).toBeLessThan(MAX_REQUEST_MS);
    }
    expectBound(spreads);
  }

  it('is shown within the lease when Redis was killed before the write', async () => {
    const received = await shops.metric('lockstep_cache_received_total');
    await expectUnnoticed('Redis killed', () => fleet.redis.kill());
    expect(await shops.metric('lockstep_cache_received_total')).toBe(received);
    await fleet.redis.restart();
    await allConnected();
  }, 120_000);

  it('is shown within the lease when Redis is frozen', async () => {
    await expectUnnoticed('Redis frozen', async () => fleet.redis.freeze());
    fleet.redis.thaw();
    await allConnected();
  }, 120_000);

  it('is shown within the lease when its writer is killed between commit and publish', async () => {
    const proxy = await TcpProxy.start({ targetPort: fleet.redis.port });
    try {
      const REDIS_URL = `redis://127.0.0.1:${proxy.port}`;
      const replica = await fleet.add('authoring', { REDIS_URL });
      const doomed = new StorefrontFleet(staff.at(replica.url), fleet.commerce);
      const received = await shops.metric('lockstep_cache_received_total');
      // What the writer sends to Redis from now on is held back, and lost with the connection.
      proxy.freeze('to-server');
      const spread = await change(doomed, async () => {
        await replica.kill('SIGKILL');
        proxy.cut();
      });
      show('writer killed', [spread]);
      expectBound([spread]);
      expect(await shops.metric('lockstep_cache_received_total')).toBe(received);
      // The others go on, with the fast path.
      expectBound([await change(shops)]);
    } finally {
      await proxy.stop();
    }
  }, 120_000);
});
