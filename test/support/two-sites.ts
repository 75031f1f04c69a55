import {
  eventually,
  startFleet,
  startRedis,
  type RedisFixture,
  type RunningFleet,
  type RunningReplica,
} from '#libs/testing';
import {
  amountOf,
  createProduct,
  createStore,
  setPrice,
  storefrontPath,
  type PricedProduct,
  type Written,
} from './catalog-client.js';
import { ReplicatedCopy } from './replicated-copy.js';
import { ReplicaClient, type Reply } from './replica-client.js';
import { createWare, openShop } from './shop-client.js';
import { StorefrontFleet } from './storefront-fleet.js';

const STORE = 'sites';
const FIRST_AMOUNT = 1_000;

interface Parts {
  readonly fleet: RunningFleet;
  readonly ownRedis: RedisFixture;
  readonly copy: ReplicatedCopy;
  readonly near: RunningReplica;
  readonly far: RunningReplica;
  readonly staff: ReplicaClient;
}

/**
 * The primary site has the database, the back office and a storefront. The second site has two
 * storefronts on a copy that the test brings on: `near` hears every announcement through the Redis of
 * the primary site, long before the copy has what it announces; `far` has a Redis of its own and
 * hears none.
 */
export class TwoSites {
  readonly store = STORE;
  readonly products: PricedProduct[] = [];
  readonly home: StorefrontFleet;
  /** The replica that writes, for its metrics. */
  readonly office: StorefrontFleet;
  readonly near: StorefrontFleet;
  readonly far: StorefrontFleet;
  readonly site: StorefrontFleet;
  /** What was written last. */
  amount = FIRST_AMOUNT;

  private constructor(readonly parts: Parts) {
    const { fleet, staff, near, far } = parts;
    this.home = new StorefrontFleet(staff, fleet.commerce.slice(0, 1));
    this.office = new StorefrontFleet(staff, fleet.authoring);
    this.near = new StorefrontFleet(staff, [near]);
    this.far = new StorefrontFleet(staff, [far]);
    this.site = new StorefrontFleet(staff, [near, far]);
  }

  static async start(leaseMs: number, products: number): Promise<TwoSites> {
    const fleet = await startFleet({ commerce: 1, authoring: 1 });
    const ownRedis = await startRedis();
    const copy = await ReplicatedCopy.of(fleet.databaseUrl);
    const env = {
      DATABASE_COPY_URL: copy.url,
      CACHE_FOLLOW_INTERVAL_MS: String(leaseMs / 4),
      CACHE_LEASE_MS: String(leaseMs),
    };
    const near = await fleet.add('commerce', env);
    const far = await fleet.add('commerce', { ...env, REDIS_URL: ownRedis.url });
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    const sites = new TwoSites({ fleet, ownRedis, copy, near, far, staff });
    await createStore(staff, STORE);
    for (let index = 0; index < products; index += 1) {
      const created = await createProduct(staff, STORE, `disc-${index}`, FIRST_AMOUNT);
      sites.products.push(created.product);
    }
    await openShop(staff, STORE);
    await createWare(staff, STORE, 'LAMP', { onHand: 1_000 });
    for (const one of [sites.office, sites.near]) await one.allConnected();
    await eventually('the jobs of the products are done', () => sites.isWithoutJobs(), {
      withinMs: 60_000,
    });
    return sites;
  }

  get replicas(): readonly [near: RunningReplica, far: RunningReplica] {
    return [this.parts.near, this.parts.far];
  }

  /** Writes at the primary; the copy does not have it. */
  async write(index: number): Promise<Written> {
    this.amount += 1;
    const written = await setPrice(this.parts.staff, this.product(index), this.amount);
    this.products[index] = written.product;
    return written;
  }

  /** The same, and `near` has heard of it. Nothing else is announced: the jobs of the products are done. */
  async announce(index: number): Promise<Written> {
    const received = await this.near.metric('lockstep_cache_received_total');
    const written = await this.write(index);
    await eventually('the announcement has arrived', async () => {
      return (await this.near.metric('lockstep_cache_received_total')) > received;
    });
    return written;
  }

  /** `near` has begun and ended a look at the log of its copy. */
  async looksAtLog(): Promise<void> {
    const follows = await this.near.metric('lockstep_cache_follows');
    await eventually('it has looked at its log', async () => {
      return (await this.near.metric('lockstep_cache_follows')) >= follows + 2;
    });
  }

  /** The whole site has looked at the log of its copy, and has applied what it holds now. */
  async followed(): Promise<void> {
    await this.looksAtLog();
    for (const one of [this.near, this.far]) {
      await eventually('the log of the copy is applied', async () => {
        return (await one.metric('lockstep_cache_log_position')) >= this.parts.copy.position;
      });
    }
  }

  /** What the copy says the product costs. */
  held(index: number): number {
    return this.parts.copy.amountOf(this.product(index).variantId);
  }

  /** What both replicas of the site say it costs. */
  async shown(index: number): Promise<(number | undefined)[]> {
    const replies = await Promise.all(this.replicas.map((replica) => this.read(replica, index)));
    return replies.map(({ body }) => amountOf(body));
  }

  /** Products that a replica of the site shows otherwise than the copy holds them. */
  countStale(): Promise<number> {
    const expected = this.products.map((product, index) => [product, this.held(index)] as const);
    return this.site.countStale(new Map(expected));
  }

  read(
    replica: RunningReplica,
    index: number,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply<unknown>> {
    return new ReplicaClient(replica.url).get(storefrontPath(this.product(index)), headers);
  }

  async stop(): Promise<void> {
    await this.parts.fleet.stop();
    await this.parts.ownRedis.stop();
    await this.parts.copy.remove();
  }

  async isWithoutJobs(): Promise<boolean> {
    for (const state of ['pending', 'dispatched', 'active']) {
      const { body } = await this.parts.staff.get<{ items: unknown[] }>(`/jobs?state=${state}`);
      if (body.items.length > 0) return false;
    }
    return true;
  }

  private product(index: number): PricedProduct {
    const product = this.products[index];
    if (product === undefined) throw new RangeError(`no product ${index}`);
    return product;
  }
}
