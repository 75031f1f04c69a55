import { wordsOf } from '../text/words.js';

/** A query without a result, and how often it was. */
export interface Miss {
  readonly storeId: string;
  readonly locale: string;
  readonly query: string;
  readonly count: number;
}

export const missLimits = {
  /** Of a query. */
  length: 100,
  /** Different queries that a replica holds. */
  held: 1_000,
  /** Of each store, written at once: the most frequent. */
  written: 100,
  /** Of each store, kept. */
  kept: 1_000,
  /** Days after which one that did not come again goes. */
  days: 90,
} as const;

/** As many digits in one query may be a telephone number, a card, an order. */
const TELLING_DIGITS = 6;

/**
 * A query as it is noted: its folded words. Undefined for one without words, one that is too long to be
 * of use, and one that looks like an address or a number of somebody.
 */
export function missOf(query: string): string | undefined {
  const digits = query.match(/\p{Nd}/gu)?.length ?? 0;
  if (query.includes('@') || digits >= TELLING_DIGITS) return undefined;
  const folded = wordsOf(query)
    .map(({ term }) => term)
    .join(' ');
  return folded === '' || folded.length > missLimits.length ? undefined : folded;
}

/**
 * The misses of a replica since they were last taken. It holds a bounded number of different ones: when it is
 * full, others are not noted until then.
 */
export class MissLog {
  private misses = new Map<string, Miss>();

  get size(): number {
    return this.misses.size;
  }

  /** Whether it was noted. */
  note(storeId: string, locale: string, query: string): boolean {
    const folded = missOf(query);
    if (folded === undefined) return false;
    const key = `${storeId} ${locale} ${folded}`;
    const known = this.misses.get(key);
    if (known === undefined && this.misses.size >= missLimits.held) return false;
    this.misses.set(key, { storeId, locale, query: folded, count: (known?.count ?? 0) + 1 });
    return true;
  }

  /** The most frequent of each store, by the id of the store; nothing is held any more. */
  take(): Map<string, readonly Miss[]> {
    const byStore = new Map<string, Miss[]>();
    const all = [...this.misses.values()].sort((one, other) => other.count - one.count);
    this.misses = new Map();
    for (const miss of all) {
      const own = byStore.get(miss.storeId) ?? [];
      byStore.set(miss.storeId, own);
      if (own.length < missLimits.written) own.push(miss);
    }
    return byStore;
  }
}
