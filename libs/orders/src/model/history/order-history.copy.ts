import { createHash } from 'node:crypto';
import { AnnouncementSeal, type LockOutcome, type SharedSeries } from '#libs/cache';
import { HISTORY_LENGTH, historyStamp, type OrderGlance } from './order-glance.js';

/**
 * How the copies are kept. The name is also that of the seal, and has one more with each change of what stands in
 * a copy: releases that run side by side do not replace each other's.
 */
export const HISTORY_SERIES = {
  name: 'orders.history-1',
  ttlMs: 24 * 3_600_000,
  maxMembers: HISTORY_LENGTH + 1,
} as const;

const LEASE_MS = 5_000;

/**
 * The latest orders of customers in Redis: a sorted set of each customer, by the time of placing, and above
 * them a seal over all of it, the customer and the state that it shows.
 *
 * What is found was written by a replica of this installation for this very customer, whole and unchanged,
 * and shows the state that was asked for, or it counts as not there. Nothing here rejects or waits longer than
 * the shared cache does.
 */
export class OrderHistoryCopy {
  constructor(
    private readonly series: SharedSeries,
    private readonly seal: AnnouncementSeal,
  ) {}

  /** Newest first, each for {@link glanceOf}. `absent`: there is none that shows this state. */
  async find(
    customerId: string,
    stamp: string,
  ): Promise<readonly string[] | 'absent' | 'unavailable'> {
    const found = await this.series.latest(customerId);
    if (found === 'unavailable') return found;
    const [sealed = '', ...texts] = found;
    const opened = this.seal.open(sealed);
    const isRight =
      opened.kind === 'message' && opened.body === sealedText(customerId, stamp, texts);
    return isRight ? texts : 'absent';
  }

  /** Newest first. */
  replace(customerId: string, orders: readonly OrderGlance[]): Promise<'stored' | 'unavailable'> {
    const texts = orders.map((order) => JSON.stringify(order));
    const sealed = this.seal.seal(sealedText(customerId, historyStamp(orders), texts));
    return this.series.replace(customerId, [
      { score: Number.MAX_SAFE_INTEGER, text: sealed },
      ...orders.map(({ placedAt }, index) => ({ score: placedAt, text: texts[index] ?? '' })),
    ]);
  }

  remove(customerId: string): Promise<'removed' | 'unavailable'> {
    return this.series.remove(customerId);
  }

  /** For who makes it anew. */
  lock(customerId: string): Promise<LockOutcome> {
    return this.series.lock(customerId, { leaseMs: LEASE_MS });
  }
}

/** One of the list, as {@link OrderHistoryCopy.find} gives it: sealed, so of this shape. */
export function glanceOf(text: string): OrderGlance {
  return JSON.parse(text) as OrderGlance;
}

function sealedText(customerId: string, stamp: string, texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length} `).update(text);
  return `${customerId} ${stamp} ${hash.digest('base64url')}`;
}
