import { readableWords } from '../text/words.js';

/** What was searched for, and how often. */
export interface NotedSearch {
  readonly storeId: string;
  readonly locale: string;
  readonly query: string;
  readonly count: number;
}

export const noteLimits = {
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
 * A query as it is noted: its folded words, as people would read them. Undefined for one without words, one that is too long to be
 * of use, and one that looks like an address or a number of somebody.
 */
export function notedForm(query: string): string | undefined {
  const digits = query.match(/\p{Nd}/gu)?.length ?? 0;
  if (query.includes('@') || digits >= TELLING_DIGITS) return undefined;
  const folded = readableWords(query).join(' ');
  return folded === '' || folded.length > noteLimits.length ? undefined : folded;
}

/** What two searches have in common when they are the same. */
export function keyOfSearch({ locale, query }: Pick<NotedSearch, 'locale' | 'query'>): string {
  return `${locale} ${query}`;
}

/**
 * The searches of a replica since they were last taken. It holds a bounded number of different ones: when it is
 * full, others are not noted until then.
 */
export class SearchNotes {
  private notes = new Map<string, NotedSearch>();

  get size(): number {
    return this.notes.size;
  }

  /** Whether it was noted. */
  note(storeId: string, locale: string, query: string): boolean {
    const folded = notedForm(query);
    if (folded === undefined) return false;
    const key = `${storeId} ${locale} ${folded}`;
    const known = this.notes.get(key);
    if (known === undefined && this.notes.size >= noteLimits.held) return false;
    this.notes.set(key, { storeId, locale, query: folded, count: (known?.count ?? 0) + 1 });
    return true;
  }

  /** The most frequent of each store, by the id of the store; nothing is held any more. */
  take(): Map<string, readonly NotedSearch[]> {
    const byStore = new Map<string, NotedSearch[]>();
    const all = [...this.notes.values()].sort((one, other) => other.count - one.count);
    this.notes = new Map();
    for (const noted of all) {
      const own = byStore.get(noted.storeId) ?? [];
      byStore.set(noted.storeId, own);
      if (own.length < noteLimits.written) own.push(noted);
    }
    return byStore;
  }
}
