import { eventually, type RunningReplica } from '#libs/testing';
import {
  amountOf,
  setPrice,
  storefrontPath,
  type PricedProduct,
  type Written,
} from './catalog-client.js';
import { ReplicaClient } from './replica-client.js';

/** Far above every bound that a test states. */
const GIVE_UP_MS = 45_000;
/** Reconnecting may take five seconds from one attempt to the next. */
const CONNECTED_WITHIN_MS = 120_000;
/** Asking more often would be a load of its own. */
const METRICS_EVERY_MS = 100;

/** How one replica came to show a write. Times count from the answer to the write, which follows the commit. */
export interface Arrival {
  /** When the first answer with the new price was complete. */
  readonly shownAfterMs: number;
  /** When the last request began that was still answered with an old price; negative when there was none. */
  readonly lastStaleBeganMs: number;
}

/** One write and its way to all replicas. */
export interface Spread {
  readonly written: Written;
  readonly arrivals: readonly Arrival[];
  /** Until the last replica showed it. */
  readonly lastMs: number;
  readonly lastStaleMs: number;
}

/** The storefronts of a fleet, and the back office that changes what they show. */
export class StorefrontFleet {
  private readonly shops: readonly ReplicaClient[];

  constructor(
    private readonly writer: ReplicaClient,
    commerce: readonly RunningReplica[],
  ) {
    this.shops = commerce.map(({ url }) => new ReplicaClient(url));
  }

  /** Voids everything, and resolves with the position from which on it is gone. */
  async clear(): Promise<string> {
    const call = { body: { all: true } };
    const { headers } = await this.writer.expect(200, 'POST', '/cache/invalidate', call);
    return headers.get('lockstep-position') ?? '';
  }

  /** Every replica has read the product, and answers from memory. With a position: as of then, or later. */
  async warm(product: PricedProduct, position?: string): Promise<void> {
    const call = position === undefined ? {} : { headers: { 'lockstep-position': position } };
    for (const shop of this.shops) {
      await shop.expect(200, 'GET', storefrontPath(product), call);
      await shop.expect(200, 'GET', storefrontPath(product));
    }
  }

  /** Writes, then runs `afterwards` (at once, synchronously begun), and waits for every replica to show it. */
  async change(
    product: PricedProduct,
    amount: number,
    afterwards?: () => Promise<unknown>,
  ): Promise<Spread> {
    const written = await setPrice(this.writer, product, amount);
    const committedMs = performance.now();
    const [arrivals] = await Promise.all([
      this.arrivals(product, amount, committedMs),
      afterwards?.(),
    ]);
    return {
      written,
      arrivals,
      lastMs: Math.max(...arrivals.map(({ shownAfterMs }) => shownAfterMs)),
      lastStaleMs: Math.max(...arrivals.map(({ lastStaleBeganMs }) => lastStaleBeganMs)),
    };
  }

  /** Waits for every replica to show the price, which committed at `committedMs`. */
  arrivals(
    product: PricedProduct,
    amount: number,
    committedMs: number,
  ): Promise<readonly Arrival[]> {
    return Promise.all(this.shops.map((shop) => watch(shop, product, amount, committedMs)));
  }

  /** How many of the products one of the replicas shows with another price than the expected one. */
  async countStale(expected: ReadonlyMap<PricedProduct, number>): Promise<number> {
    let stale = 0;
    for (const shop of this.shops) {
      for (const [product, amount] of expected) {
        const { body } = await shop.expect(200, 'GET', storefrontPath(product));
        if (amountOf(body) !== amount) stale += 1;
      }
    }
    return stale;
  }

  /** Resolves when every replica hears the others and can be heard: those are connections of their own. */
  async allConnected(): Promise<void> {
    const connected = async () => [
      ...(await this.metrics('lockstep_cache_backplane_connected')),
      ...(await this.metrics('lockstep_redis_connected', 'purpose="backplane-publisher"')),
    ];
    await eventually('every replica is connected', async () => (await connected()).every(Boolean), {
      withinMs: CONNECTED_WITHIN_MS,
      everyMs: METRICS_EVERY_MS,
    });
  }

  /** Resolves when each of them knows that it hears nothing. */
  async noneConnected(withinMs: number): Promise<void> {
    const connected = () => this.metric('lockstep_cache_backplane_connected');
    await eventually('every replica has noticed', async () => (await connected()) === 0, {
      withinMs,
      everyMs: METRICS_EVERY_MS,
    });
  }

  /** Resolves when the fast path has brought a message to every replica; somebody must be writing. */
  async allHearMore(): Promise<void> {
    const received = () => this.metrics('lockstep_cache_received_total');
    const before = await received();
    await eventually(
      'a message at every replica',
      async () => (await received()).every((count, index) => count > before[index]!),
      { withinMs: CONNECTED_WITHIN_MS, everyMs: METRICS_EVERY_MS },
    );
  }

  /** Sum over the replicas of one of their metrics, over all of its labels that match. */
  async metric(name: string, label = ''): Promise<number> {
    return (await this.metrics(name, label)).reduce((sum, value) => sum + value, 0);
  }

  /** The same for each replica, in their order. */
  metrics(name: string, label = ''): Promise<number[]> {
    return Promise.all(
      this.shops.map(async ({ url }) => {
        const text = await (await fetch(`${url}/metrics`)).text();
        return text
          .split('\n')
          .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
          .filter((line) => line.includes(label))
          .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
      }),
    );
  }
}

async function watch(
  shop: ReplicaClient,
  product: PricedProduct,
  amount: number,
  committedMs: number,
): Promise<Arrival> {
  let lastStaleBeganMs = -1;
  for (;;) {
    const beganMs = performance.now() - committedMs;
    const { body } = await shop.expect(200, 'GET', storefrontPath(product));
    const shownAfterMs = performance.now() - committedMs;
    if (amountOf(body) === amount) return { shownAfterMs, lastStaleBeganMs };
    lastStaleBeganMs = beganMs;
    if (shownAfterMs > GIVE_UP_MS) throw new Error(`${shop.url} still shows an old price`);
  }
}
