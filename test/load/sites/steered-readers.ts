import { delay } from '#libs/kernel';
import { amountOf, storefrontPath } from '../../support/catalog-client.js';
import type { PriceBook } from '../../support/price-book.js';
import { ReplicaClient } from '../../support/replica-client.js';
import type { SiteResolver } from './site-resolver.js';

export interface SteeredRead {
  readonly address: string;
  readonly beganMs: number;
  readonly endedMs: number;
  /** Why it was answered with anything but a product. */
  readonly failure?: string;
  /** For how long the price that it shows had been replaced when it began. */
  readonly ageMs: number;
}

/** Far above what a site needs that answers at all, on however busy a machine. */
const GIVE_UP_MS = 5_000;
const PACE_MS = 10;
/** A shopper tries again. */
const AGAIN_MS = 200;

/** Shoppers who read products at the site that DNS names, one after another, until they are stopped. */
export class SteeredReaders {
  readonly reads: SteeredRead[] = [];
  private isOver = false;
  private readonly loops: readonly Promise<void>[];

  constructor(
    resolvers: readonly SiteResolver[],
    private readonly port: number,
    private readonly book: PriceBook,
  ) {
    this.loops = resolvers.map((resolver) => this.read(resolver));
    // `stop` tells.
    for (const loop of this.loops) loop.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.loops);
  }

  /** Those that began in this time. */
  begunBetween(fromMs: number, untilMs: number): SteeredRead[] {
    return this.reads.filter(({ beganMs }) => beganMs >= fromMs && beganMs < untilMs);
  }

  /** Those that were answered in it, or given up. */
  endedBetween(fromMs: number, untilMs: number): SteeredRead[] {
    return this.reads.filter(({ endedMs }) => endedMs >= fromMs && endedMs < untilMs);
  }

  private async read(resolver: SiteResolver): Promise<void> {
    for (let turn = 0; !this.isOver; turn += 1) {
      const address = await resolver.address();
      const { products } = this.book;
      const product = products[turn % products.length]!;
      const shop = new ReplicaClient(`http://${address}:${this.port}`, undefined, GIVE_UP_MS);
      const beganMs = performance.now();
      const answer = await shop.get<unknown>(storefrontPath(product)).catch(String);
      const endedMs = performance.now();
      const ended = { address, beganMs, endedMs };
      if (typeof answer !== 'string' && answer.status === 200) {
        const ageMs = this.book.ageMs(product, amountOf(answer.body), beganMs);
        this.reads.push({ ...ended, ageMs });
        await delay(PACE_MS);
      } else {
        const failure = typeof answer === 'string' ? answer : `status ${answer.status}`;
        this.reads.push({ ...ended, ageMs: 0, failure });
        await delay(AGAIN_MS);
      }
    }
  }
}
