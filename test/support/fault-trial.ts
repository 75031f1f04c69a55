import { eventually, type RunningReplica } from '#libs/testing';
import { BackgroundReads } from './background-reads.js';
import { amountOf, type PricedProduct } from './catalog-client.js';
import { MachineNoise } from './machine-noise.js';
import { PriceWriters } from './price-writers.js';
import type { PriceBook } from './price-book.js';
import type { StorefrontFleet } from './storefront-fleet.js';

/** Something that breaks, under a load of reads and writes that goes on throughout. */
export interface Fault {
  readonly name: string;
  /** While it lasts, at least. With 0 the writers wait until it is over. */
  readonly writes: number;
  begin(writers: PriceWriters): Promise<unknown>;
  /** Resolves when it has lasted long enough. */
  lasts?(): Promise<unknown>;
  end?(): Promise<unknown>;
}

export interface TrialOutcome {
  readonly fault: string;
  readonly writes: number;
  readonly reads: number;
  /** Products of a replica that showed an old price in a request that began when the bound had passed after the last write. */
  readonly staleKeys: number;
  /** Over all answers: for how long what was shown had been replaced when the request began. */
  readonly oldestStaleMs: number;
  /** Loads of products that nobody has changed. */
  readonly needlessReloads: number;
  readonly slowestReadMs: number;
  readonly slowestWriteMs: number;
  /** What the machine did to everybody meanwhile. */
  readonly noiseMs: number;
  readonly failures: readonly string[];
}

export interface TrialOptions {
  readonly commerce: readonly RunningReplica[];
  readonly shops: StorefrontFleet;
  /** Products that are read and written all the time. */
  readonly book: PriceBook;
  /** Products that are read before and after, and not in between: what is gone then was dropped without need. */
  readonly untouched: readonly PricedProduct[];
  readonly leaseMs: number;
}

const WRITES_BEFORE = 20;

/** Puts a fleet through one fault after the other and counts the damage. */
export class FaultTrial {
  constructor(private readonly options: TrialOptions) {}

  async run(fault: Fault): Promise<TrialOutcome> {
    const { commerce, shops, book, untouched, leaseMs } = this.options;
    // What was loaded long ago might expire meanwhile.
    const position = await shops.clear();
    for (const product of [...book.products, ...untouched]) await shops.warm(product, position);
    const noise = new MachineNoise();
    let oldestStaleMs = 0;
    const reads = new BackgroundReads(commerce, book.products, (product, body, beganMs) => {
      oldestStaleMs = Math.max(oldestStaleMs, book.ageMs(product, amountOf(body), beganMs));
    });
    const writers = new PriceWriters(book);
    try {
      if (fault.writes > 0) {
        writers.start();
        await writers.more(WRITES_BEFORE);
      }
      const beganMs = performance.now();
      await fault.begin(writers);
      await Promise.all([fault.lasts?.(), writers.more(fault.writes)]);
      // Longer than the lease: who never hears of a change shows the old price for too long.
      await passed(beganMs + leaseMs + leaseMs / 4);
      writers.leaveFirstHalf();
      await fault.end?.();
      writers.start();
      await shops.allConnected();
      await shops.allHearMore();
    } finally {
      await writers.stop();
      await reads.stop();
      await noise.stop();
    }
    const written = await writers.stop();
    const read = await reads.stop();
    await passed(written.lastCommittedMs + leaseMs);
    return {
      fault: fault.name,
      writes: written.writes,
      reads: read.requests,
      staleKeys: await shops.countStale(book.current()),
      oldestStaleMs: Math.round(oldestStaleMs),
      needlessReloads: await this.countReloads(untouched),
      slowestReadMs: Math.round(read.maxMs),
      slowestWriteMs: Math.round(written.maxMs),
      noiseMs: Math.round(await noise.stop()),
      failures: [...written.failures, ...read.failures],
    };
  }

  private async countReloads(products: readonly PricedProduct[]): Promise<number> {
    const { shops } = this.options;
    const loads = () => shops.metric('lockstep_cache_loads', 'reader="catalog.');
    const before = await loads();
    for (const product of products) await shops.warm(product);
    return (await loads()) - before;
  }
}

function passed(timeMs: number): Promise<unknown> {
  return eventually('the bound has passed', () => performance.now() > timeMs, {
    withinMs: Math.max(0, timeMs - performance.now()) + 60_000,
  });
}
