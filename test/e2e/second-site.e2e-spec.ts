import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '#libs/http';
import { eventually, type RunningReplica } from '#libs/testing';
import { BackgroundReads } from '../support/background-reads.js';
import { amountOf, storefrontPath, type Written } from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';
import { checkout, fillCart } from '../support/shop-client.js';
import type { StorefrontFleet } from '../support/storefront-fleet.js';
import { TwoSites } from '../support/two-sites.js';

const LEASE_MS = 1_000;
const PRODUCTS = 12;
const ROUNDS = 10;
const TRIES = 20;
const LAG = 'lockstep_cache_copy_lag_positions';

describe('a site with its own copy of the database', () => {
  let sites: TwoSites;

  beforeAll(async () => {
    sites = await TwoSites.start(LEASE_MS, PRODUCTS);
  });

  afterAll(() => sites?.stop());

  const readiness = async ({ url }: RunningReplica) => {
    const response = await fetch(`${url}/health/ready`);
    const { checks } = (await response.json()) as { checks: Record<string, { status: string }> };
    return [response.status, checks['copy']?.status];
  };

  const siteStatus = async ({ url }: RunningReplica) => (await fetch(`${url}/health/site`)).status;

  it('waits for its copy: alive, not ready, and it says why', async () => {
    const { copy, fleet } = sites.parts;
    for (const replica of sites.replicas) {
      expect((await fetch(`${replica.url}/health/live`)).status).toBe(200);
      expect(await readiness(replica)).toEqual([503, 'down']);
      expect(await siteStatus(replica)).toBe(503);
      const { status, headers, body } = await sites.read(replica, 0);
      expect([status, (body as Problem).code]).toEqual([503, 'database.copy-not-ready']);
      expect(headers.get('retry-after')).not.toBeNull();
      expect(replica.logs.join('\n')).toContain(`there is no file ${copy.file}`);
    }
    copy.replicate();
    for (const replica of sites.replicas) {
      await eventually('it is ready', async () => (await readiness(replica))[0] === 200);
      await eventually('the site can serve', async () => (await siteStatus(replica)) === 200);
    }
    await sites.followed();
    expect(await sites.countStale()).toBe(0);
    expect(await readiness(fleet.commerce[0]!)).toEqual([200, undefined]);
  });

  /** The copy gets what was written last, and the site shows it within the lease. */
  async function expectShownWithinLease(index: number): Promise<void> {
    sites.parts.copy.replicate();
    const product = sites.products[index]!;
    const arrivals = await sites.site.arrivals(product, sites.amount, performance.now());
    for (const { lastStaleBeganMs } of arrivals) expect(lastStaleBeganMs).toBeLessThan(LEASE_MS);
  }

  it('shows what its copy holds, whatever is announced, and the new price when the copy has it', async () => {
    const old = sites.held(0);
    await sites.announce(0);
    await sites.looksAtLog();
    await sites.home.arrivals(sites.products[0]!, sites.amount, performance.now());
    expect(await sites.shown(0)).toEqual([old, old]);
    // Not only from memory: what nobody has asked for yet is read from the copy as well.
    const near = new ReplicaClient(sites.parts.near.url);
    const german = await near.get(`${storefrontPath(sites.products[0]!)}?locale=de`);
    expect(amountOf(german.body)).toBe(old);
    expect(await sites.near.metric(LAG)).toBeGreaterThan(0);

    await expectShownWithinLease(0);
    // What the processes at home write by themselves is announced as well, and comes with the next copy.
    await eventually('the site is as far as the announcements', async () => {
      sites.parts.copy.replicate();
      await sites.followed();
      return (await sites.near.metric(LAG)) === 0;
    });
  });

  it('never keeps an answer that its copy has left behind', async () => {
    const reads = new BackgroundReads(sites.replicas, sites.products.slice());
    const stale: number[] = [];
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        // Announced, read as it was, and there before the site has looked at its log again; or
        // announced, looked for in vain, and only there in the next round.
        const [early, late] = [round % PRODUCTS, (round + 5) % PRODUCTS];
        await sites.announce(early);
        expect(await sites.shown(early)).toEqual([sites.held(early), sites.held(early)]);
        sites.parts.copy.replicate();
        await sites.followed();
        stale.push(await sites.countStale());
        await sites.announce(late);
        await sites.followed();
        stale.push(await sites.countStale());
      }
    } finally {
      expect((await reads.stop()).failures).toEqual([]);
    }
    expect(stale).toEqual(Array.from({ length: 2 * ROUNDS }, () => 0));
    sites.parts.copy.replicate();
    await sites.followed();
    expect(await sites.countStale()).toBe(0);
  });

  /** Never the old price. */
  async function expectNotReached({ position }: Written, index: number): Promise<void> {
    const headers = { 'lockstep-position': position };
    for (const replica of sites.replicas) {
      const reply = await sites.read(replica, index, headers);
      const { code } = reply.body as Problem;
      expect([reply.status, code]).toEqual([503, 'cache.position-not-reached']);
      expect(reply.headers.get('retry-after')).toBe('1');
    }
  }

  it('answers 503 to who has written what the copy does not get', async () => {
    const old = sites.held(1);
    const written = await sites.write(1);
    await expectNotReached(written, 1);
    // Who has not written is served as before.
    expect(await sites.shown(1)).toEqual([old, old]);
    sites.parts.copy.replicate();
    await sites.followed();
    const headers = { 'lockstep-position': written.position };
    const { status, body } = await sites.read(sites.parts.near, 1, headers);
    expect([status, amountOf(body)]).toEqual([200, sites.amount]);
  });

  /** It has a request under way, beside the one that asks for it; or has answered it already. */
  async function isAsked(one: StorefrontFleet, waiting: Promise<unknown>): Promise<void> {
    let isAnswered = false;
    waiting.finally(() => (isAnswered = true)).catch(() => undefined);
    await eventually('the request has arrived', async () => {
      return isAnswered || (await one.metric('lockstep_http_requests_in_flight')) > 1;
    });
  }

  it('lets who has written wait until the copy has it', async () => {
    // A request waits for two seconds; on a machine that stands still for longer it gets the other answer.
    for (let turn = 0; turn < TRIES; turn += 1) {
      const { position } = await sites.write(2);
      const headers = { 'lockstep-position': position };
      const waiting = sites.replicas.map((replica) => sites.read(replica, 2, headers));
      await isAsked(sites.near, waiting[0]!);
      await isAsked(sites.far, waiting[1]!);
      sites.parts.copy.replicate();
      const answers = (await Promise.all(waiting)).map(({ status, body }) =>
        status === 200 ? amountOf(body) : status,
      );
      for (const answer of answers) expect([sites.amount, 503]).toContain(answer);
      if (!answers.includes(503)) return;
    }
    throw new Error('no request was still waiting when the copy was brought on');
  });

  it('commits at the primary what a shopper orders of it, and the job is done meanwhile', async () => {
    const { copy, fleet, staff } = sites.parts;
    const before = copy.position;
    for (const replica of [fleet.commerce[0]!, ...sites.replicas]) {
      const shopper = new ReplicaClient(replica.url);
      const { held, cart } = await fillCart(shopper, sites.store, [{ sku: 'LAMP', quantity: 1 }]);
      const placed = await checkout(shopper, held, cart.total, randomUUID());
      expect(placed.status).toBe(201);
      // It invalidates nothing: whoever asked has nothing to wait for, at either site.
      expect(placed.headers.get('lockstep-position')).toBeNull();
      const path = `/orders?store=${sites.store}&limit=1`;
      const { body } = await staff.expect<{ items: { number: string }[] }>(200, 'GET', path);
      expect(body.items[0]?.number).toBe(placed.body.number);
      await eventually('its jobs are done', () => sites.isWithoutJobs(), { withinMs: 60_000 });
    }
    expect(copy.position).toBe(before);
  });

  it('does all of this while Redis is dead as well, and after it', async () => {
    const { copy, fleet } = sites.parts;
    copy.replicate();
    await sites.followed();
    const old = sites.held(4);
    await fleet.redis.kill();
    const written = await sites.write(4);
    await sites.looksAtLog();
    expect(await sites.shown(4)).toEqual([old, old]);
    await expectNotReached(written, 4);
    expect(await sites.countStale()).toBe(0);
    await eventually('what the copy lacks is known all the same', async () => {
      return (await sites.near.metric(LAG)) > 0;
    });
    await expectShownWithinLease(4);

    await fleet.redis.restart({ empty: true });
    for (const one of [sites.office, sites.near]) await one.allConnected();
    await sites.announce(5);
    expect(await sites.countStale()).toBe(0);
    await expectShownWithinLease(5);
    await sites.followed();
    expect(await sites.countStale()).toBe(0);
  });
});
