import type { BudgetMember, ByteBudget } from './byte-budget.js';
import type { Entry } from './entry.js';

export interface StoreLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
  /** Of the memory all stores have together, compared with the shares of the others. */
  readonly share: number;
}

/** Bounds the work of one eviction, also when everything was used since the hand last came by. */
const MAX_HAND_STEPS = 256;
/** Bounds the work of choosing a sample. */
const MAX_PROBE_STEPS = 256;

/**
 * Entries bounded by count, by bytes, and by the budget all stores share. Eviction is SIEVE: new
 * entries join at the head, a hand moves from the tail and evicts what was not used since it last
 * came by. A hit only sets a flag, and a scan of one-time keys does not push out what is used.
 * Source: Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024.
 */
export class EntryStore<Value> implements BudgetMember {
  private readonly entries = new Map<string, Entry<Value>>();
  private newest: Entry<Value> | undefined;
  private oldest: Entry<Value> | undefined;
  private hand: Entry<Value> | undefined;
  private probe: Entry<Value> | undefined;
  private heldBytes = 0;

  constructor(
    private readonly limits: StoreLimits,
    private readonly budget: ByteBudget,
    private readonly onEvicted: (entry: Entry<Value>) => void,
  ) {
    budget.join(this);
  }

  get share(): number {
    return this.limits.share;
  }

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

  /** Every entry that was held when the walk began and still is; the walk may be slow. */
  walk(): IterableIterator<Entry<Value>> {
    return this.entries.values();
  }

  /**
   * One of the entries. A probe goes round by a random number of steps, so its work does not grow with
   * the entries, and each of them comes up equally often in the long run.
   */
  sample(random: () => number): Entry<Value> | undefined {
    let entry = this.probe ?? this.oldest;
    const steps = Math.floor(random() * Math.min(this.size, MAX_PROBE_STEPS));
    for (let step = 0; step < steps; step += 1) entry = entry?.newer ?? this.oldest;
    this.probe = entry?.newer;
    return entry;
  }

  /** The key must not be held. An entry that is too large for the store is not kept. */
  put(entry: Entry<Value>): void {
    const largest = Math.min(this.limits.maxBytes, this.budget.largestEntry);
    if (entry.bytes > largest || this.limits.maxEntries === 0) {
      this.onEvicted(entry);
      return;
    }
    while (
      this.entries.size >= this.limits.maxEntries ||
      this.heldBytes + entry.bytes > this.limits.maxBytes
    ) {
      if (!this.evictOne()) break;
    }
    this.budget.makeRoom(entry.bytes);
    this.budget.changed(entry.bytes);
    this.entries.set(entry.key, entry);
    this.heldBytes += entry.bytes;
    entry.older = this.newest;
    if (this.newest !== undefined) this.newest.newer = entry;
    this.newest = entry;
    this.oldest ??= entry;
  }

  /** It holds more or less than when it was put; it may have to go for that itself. */
  reweigh(entry: Entry<Value>, bytes: number): void {
    if (!this.remove(entry)) return;
    entry.bytes = bytes;
    this.put(entry);
  }

  /** Returns false when the entry was not held. */
  remove(entry: Entry<Value>): boolean {
    if (this.entries.get(entry.key) !== entry) return false;
    this.entries.delete(entry.key);
    this.heldBytes -= entry.bytes;
    this.budget.changed(-entry.bytes);
    if (this.hand === entry) this.hand = entry.newer;
    if (this.probe === entry) this.probe = entry.newer;
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

  evictOne(): boolean {
    let candidate = this.hand ?? this.oldest;
    for (let steps = 0; candidate?.isVisited === true && steps < MAX_HAND_STEPS; steps += 1) {
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
