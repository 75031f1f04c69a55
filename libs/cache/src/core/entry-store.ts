import type { Entry } from './entry.js';

export interface StoreLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/**
 * The entries of one region, bounded by count and by bytes. Eviction is SIEVE: new entries join at
 * the head, a hand moves from the tail and evicts what was not used since it last came by. A hit
 * only sets a flag, and a scan of one-time keys does not push out what is used.
 * Source: Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024.
 */
export class EntryStore<Value> {
  private readonly entries = new Map<string, Entry<Value>>();
  private newest: Entry<Value> | undefined;
  private oldest: Entry<Value> | undefined;
  private hand: Entry<Value> | undefined;
  private heldBytes = 0;

  constructor(
    private readonly limits: StoreLimits,
    private readonly onEvicted: (entry: Entry<Value>) => void,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  get bytes(): number {
    return this.heldBytes;
  }

  /** Does not count as a use; the reader sets `isVisited` when it serves the entry. */
  get(key: string): Entry<Value> | undefined {
    return this.entries.get(key);
  }

  /** Replaces an entry of the same key. An entry larger than the whole region is not kept. */
  put(entry: Entry<Value>): void {
    const previous = this.entries.get(entry.key);
    if (previous !== undefined) {
      this.remove(previous);
      this.onEvicted(previous);
    }
    if (entry.bytes > this.limits.maxBytes || this.limits.maxEntries === 0) {
      this.onEvicted(entry);
      return;
    }
    while (
      this.entries.size >= this.limits.maxEntries ||
      this.heldBytes + entry.bytes > this.limits.maxBytes
    ) {
      if (!this.evictOne()) break;
    }
    this.entries.set(entry.key, entry);
    this.heldBytes += entry.bytes;
    entry.older = this.newest;
    if (this.newest !== undefined) this.newest.newer = entry;
    this.newest = entry;
    this.oldest ??= entry;
  }

  /** Returns false when the entry was not held. */
  remove(entry: Entry<Value>): boolean {
    if (this.entries.get(entry.key) !== entry) return false;
    this.entries.delete(entry.key);
    this.heldBytes -= entry.bytes;
    if (this.hand === entry) this.hand = entry.newer;
    if (entry.newer === undefined) this.newest = entry.older;
    else entry.newer.older = entry.older;
    if (entry.older === undefined) this.oldest = entry.newer;
    else entry.older.newer = entry.newer;
    entry.newer = undefined;
    entry.older = undefined;
    return true;
  }

  clear(): Entry<Value>[] {
    const all = [...this.entries.values()];
    for (const entry of all) this.remove(entry);
    return all;
  }

  private evictOne(): boolean {
    let candidate = this.hand ?? this.oldest;
    while (candidate?.isVisited === true) {
      candidate.isVisited = false;
      candidate = candidate.newer ?? this.oldest;
    }
    if (candidate === undefined) return false;
    this.hand = candidate.newer;
    this.remove(candidate);
    this.onEvicted(candidate);
    return true;
  }
}
