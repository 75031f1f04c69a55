import type { RunningReplica } from '#libs/testing';
import {
  amountOf,
  setPrice,
  storefrontPath,
  type PricedProduct,
  type Written,
} from './catalog-client.js';
import { ReplicaClient } from './replica-client.js';

/** Far above every bound that a test states. */
const GIVE_UP_MS = 20_000;

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

  /** Every replica has read the product, and answers from memory. */
  async warm(product: PricedProduct): Promise<void> {
    for (const shop of this.shops) {
      await shop.expect(200, 'GET', storefrontPath(product));
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
      Promise.all(this.shops.map((shop) => watch(shop, product, amount, committedMs))),
      afterwards?.(),
    ]);
    return {
      written,
      arrivals,
      lastMs: Math.max(...arrivals.map(({ shownAfterMs }) => shownAfterMs)),
      lastStaleMs: Math.max(...arrivals.map(({ lastStaleBeganMs }) => lastStaleBeganMs)),
    };
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

  /** Sum over the replicas of one of their metrics, over all of its labels that match. */
  async metric(name: string, label = ''): Promise<number> {
    let sum = 0;
    for (const { url } of this.shops) {
      const text = await (await fetch(`${url}/metrics`)).text();
      for (const line of text.split('\n')) {
        if (!line.startsWith(`${name}{`) && !line.startsWith(`${name} `)) continue;
        if (line.includes(label)) sum += Number(line.slice(line.lastIndexOf(' ') + 1));
      }
    }
    return sum;
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
