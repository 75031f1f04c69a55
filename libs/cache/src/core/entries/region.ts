import { Entry, type EntryOwner } from './entry.js';
import { EntryStore } from './entry-store.js';
import { estimateEntryBytes } from './estimate-bytes.js';
import type { LoadOutcome } from '../loads/load.js';
import type { ReaderEnvironment } from '../reading/reader-environment.js';
import type { ReaderPolicy, ReaderStats } from '../reading/reader-policy.js';
import { calmUntil } from '../reading/refresh-ahead.js';

const DEFAULT_NEGATIVE_TTL_MS = 5_000;
const DEFAULT_MAX_ENTRIES = 10_000;
const DEFAULT_MAX_NEGATIVE_ENTRIES = 1_000;
/** Of the share of the values: a negative result is little more than its key. */
const NEGATIVE_PART = 1 / 16;
/** Of the life of a value, to both sides. */
export const TTL_SPREAD = 0.1;

type RegionPolicy<Value> = Omit<
  ReaderPolicy<never, Value>,
  'key' | 'keyOf' | 'tags' | 'load' | 'loadMany'
>;

/**
 * What one reader holds: values, and apart from them what is known not to exist, so that asking for
 * many unknown keys evicts no value. A key is in one of the two, never in both.
 */
export class Region<Value> implements EntryOwner<Value> {
  private readonly values: EntryStore<Value>;
  private readonly absences: EntryStore<Value>;

  constructor(
    private readonly policy: RegionPolicy<Value>,
    private readonly environment: ReaderEnvironment,
    private readonly stats: ReaderStats,
  ) {
    const { maxEntries, maxNegativeEntries, memoryShare: share = 1 } = policy;
    const maxBytes = policy.maxBytes ?? Infinity;
    const onEvicted = (entry: Entry<Value>): void => {
      this.stats.evictions += 1;
      this.detach(entry);
    };
    this.values = new EntryStore<Value>(
      { maxEntries: maxEntries ?? DEFAULT_MAX_ENTRIES, maxBytes, share },
      environment.budget,
      onEvicted,
    );
    this.absences = new EntryStore<Value>(
      {
        maxEntries: maxNegativeEntries ?? DEFAULT_MAX_NEGATIVE_ENTRIES,
        maxBytes: maxBytes * NEGATIVE_PART,
        share: share * NEGATIVE_PART,
      },
      environment.budget,
      onEvicted,
    );
  }

  /** Negative results included. */
  get size(): number {
    return this.values.size + this.absences.size;
  }

  get negativeSize(): number {
    return this.absences.size;
  }

  get bytes(): number {
    return this.values.bytes + this.absences.bytes;
  }

  get(id: string): Entry<Value> | undefined {
    return this.values.get(id) ?? this.absences.get(id);
  }

  /** The values, without what is known not to exist; the walk may be slow. */
  walk(): IterableIterator<Entry<Value>> {
    return this.values.walk();
  }

  /** One of the entries, each equally often in the long run. */
  sample(random: () => number): Entry<Value> | undefined {
    const isAbsence = random() * this.size >= this.values.size;
    return (isAbsence ? this.absences : this.values).sample(random);
  }

  /** Stores a load that nothing overtook, of parts that are worth holding. Runs in the same step in which the load ended. */
  keep(id: string, outcome: LoadOutcome<Value>, loadMs: number): void {
    if (outcome.invalidatedAt !== Infinity || outcome.isStale) {
      this.stats.doomedLoads += 1;
      return;
    }
    if (outcome.hasUnheld) return;
    const previous = this.get(id);
    if (previous !== undefined) this.remove(previous);
    const { value, tags } = outcome;
    const isAbsent = value === undefined;
    // Rounded because whole numbers take less memory.
    const expiresAtMs = Math.round(this.environment.clock.exactMs() + this.lifeMs(isAbsent));
    const entry = new Entry<Value>(
      id,
      value,
      tags,
      expiresAtMs,
      isAbsent ? expiresAtMs : calmUntil(expiresAtMs, loadMs, this.policy.refreshAhead ?? 1),
      estimateEntryBytes(id, value, tags),
      outcome.readUntilMs,
      this,
    );
    for (const tag of tags) this.environment.coherence.tags.add(tag, entry);
    (isAbsent ? this.absences : this.values).put(entry);
  }

  /** What is held under a key has come to hold more. */
  reweigh(id: string): void {
    const entry = this.values.get(id);
    if (entry === undefined) return;
    this.values.reweigh(entry, estimateEntryBytes(id, entry.value, entry.tags));
  }

  /** One of its tags was invalidated. */
  drop(entry: Entry<Value>): void {
    if (this.remove(entry)) this.stats.invalidations += 1;
  }

  /** It is wrong although nothing was invalidated: what else carries its tags may be as well. */
  distrust(entry: Entry<Value>): void {
    this.environment.coherence.apply(entry.tags);
    this.drop(entry);
  }

  clear(): void {
    for (const entry of this.values.clear()) this.detach(entry);
    for (const entry of this.absences.clear()) this.detach(entry);
  }

  private lifeMs(isAbsent: boolean): number {
    const { ttlMs, negativeTtlMs } = this.policy;
    const lifeMs = isAbsent ? (negativeTtlMs ?? Math.min(DEFAULT_NEGATIVE_TTL_MS, ttlMs)) : ttlMs;
    const spread = 1 + TTL_SPREAD * (2 * this.environment.random() - 1);
    return lifeMs * spread;
  }

  private remove(entry: Entry<Value>): boolean {
    const isHeld = this.values.remove(entry) || this.absences.remove(entry);
    if (isHeld) this.detach(entry);
    return isHeld;
  }

  private detach(entry: Entry<Value>): void {
    for (const tag of entry.tags) this.environment.coherence.tags.remove(tag, entry);
  }
}
