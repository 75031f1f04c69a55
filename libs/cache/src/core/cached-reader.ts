import type { MaybePromise } from '#libs/kernel';
import type { Coherence } from './coherence.js';
import { Entry } from './entry.js';
import { deepFreeze } from './deep-freeze.js';
import { EntryStore } from './entry-store.js';
import { estimateBytes } from './estimate-bytes.js';
import { LoadRegistry, type RegisteredLoad } from './load-registry.js';
import type { LoadOutcome } from './load.js';
import { currentObserver } from './read-observer.js';
import { emptyStats, type ReaderPolicy, type ReaderStats } from './reader-policy.js';
import type { Scheduler } from './scheduler.js';
import type { TurnClock } from './turn-clock.js';

/** Confirms that everything committed until recently was applied here. */
export interface LeaseKeeper {
  /** Resolves with false when the log could not be followed (the database is away). */
  renew(maxAgeMs: number): Promise<boolean>;
}

export interface ReaderEnvironment {
  readonly coherence: Coherence;
  readonly clock: TurnClock;
  readonly scheduler: Scheduler;
  readonly lease: LeaseKeeper;
  readonly leaseMs: number;
  readonly maxStaleMs: number;
  readonly maxBytes: number;
  readonly random: () => number;
}

interface LeaseCheck<Value> {
  readonly isConfirmed: boolean;
  /** What may be served, marked stale, although the lease could not be confirmed. */
  readonly held?: Entry<Value> | undefined;
}

const DEFAULT_NEGATIVE_TTL_MS = 5_000;
const DEFAULT_MAX_ENTRIES = 10_000;
const TTL_SPREAD = 0.1;

/**
 * Reads through the coherent cache. Guarantees (DESIGN section 3): a hit is synchronous and trusted
 * only within the lease (C2); an overtaken load is handed to those who waited before the
 * invalidation and never stored (C3); concurrent misses share a load, and at most two loads of a key
 * run at once (C4); values are frozen (C9).
 */
export class CachedReader<Key, Value> {
  readonly stats: ReaderStats = emptyStats();
  private readonly store: EntryStore<Value>;
  private readonly loads: LoadRegistry<Key, Value>;
  private readonly leaseMs: number;

  constructor(
    private readonly policy: ReaderPolicy<Key, Value>,
    private readonly environment: ReaderEnvironment,
  ) {
    this.leaseMs = Math.min(policy.leaseMs ?? Infinity, environment.leaseMs);
    this.store = new EntryStore<Value>(
      {
        maxEntries: policy.maxEntries ?? DEFAULT_MAX_ENTRIES,
        maxBytes: policy.maxBytes ?? environment.maxBytes,
      },
      (entry) => {
        this.stats.evictions += 1;
        this.detach(entry);
      },
    );
    this.loads = new LoadRegistry(policy, environment, this.stats, (id, outcome) =>
      this.keep(id, outcome),
    );
    environment.coherence.register(this);
  }

  get name(): string {
    return this.policy.name;
  }

  get size(): number {
    return this.store.size;
  }

  get bytes(): number {
    return this.store.bytes;
  }

  /** Keys with a load under way. */
  get loadsUnderWay(): number {
    return this.loads.size;
  }

  /** The value at once on a trusted hit, else a promise of it; undefined when it does not exist. */
  get(key: Key): MaybePromise<Value | undefined> {
    const id = this.policy.key(key);
    const entry = this.store.get(id);
    if (entry !== undefined && this.isServable(entry)) return this.serve(entry);
    return this.read(key, id);
  }

  /** What is held, if it may be served at once; never waits and never loads. Absence has many reasons. */
  peek(key: Key): Value | undefined {
    const entry = this.store.get(this.policy.key(key));
    return entry !== undefined && this.isServable(entry) ? this.serve(entry) : undefined;
  }

  /**
   * Loads anew although something is held; that is replaced when the new value is stored, and
   * answered (noted as stale) when the load fails.
   */
  refresh(key: Key): Promise<Value | undefined> {
    const id = this.policy.key(key);
    return this.read(key, id, this.store.get(id));
  }

  /** One place per key, in order. What is missing is loaded with one query when the policy can. */
  getMany(keys: readonly Key[]): MaybePromise<readonly (Value | undefined)[]> {
    const values = new Array<Value | undefined>(keys.length);
    for (let index = 0; index < keys.length; index += 1) {
      const entry = this.store.get(this.policy.key(keys[index] as Key));
      if (entry === undefined || !this.isServable(entry)) return this.readMany(keys);
      values[index] = this.serve(entry);
    }
    return values;
  }

  /** What is held under a key on this replica, without counting as a read. */
  inspect(key: Key): { value: Value | undefined; tags: readonly string[] } | undefined {
    const entry = this.store.get(this.policy.key(key));
    return entry === undefined ? undefined : { value: entry.value, tags: entry.tags };
  }

  clear(): void {
    for (const entry of this.store.clear()) this.detach(entry);
    this.loads.doomAll(this.environment.coherence.sequence);
  }

  private isServable(entry: Entry<Value>): boolean {
    const now = this.environment.clock.nowMs();
    return (
      now < entry.expiresAtMs && now - this.environment.coherence.followedSinceMs < this.leaseMs
    );
  }

  private serve(entry: Entry<Value>): Value | undefined {
    entry.isVisited = true;
    this.stats.hits += 1;
    const observer = currentObserver();
    if (observer !== undefined) {
      observer.hits += 1;
      for (const tag of entry.tags) observer.tags.add(tag);
    }
    return entry.value;
  }

  private serveStale(entry: Entry<Value>): Value | undefined {
    this.stats.staleServed += 1;
    const observer = currentObserver();
    if (observer !== undefined) observer.isStale = true;
    return this.serve(entry);
  }

  private async read(key: Key, id: string, outdated?: Entry<Value>): Promise<Value | undefined> {
    const askedAtMs = this.environment.clock.exactMs();
    let lease = await this.confirmLease(id);
    if (lease.held !== undefined) return this.serveStale(lease.held);
    // Counted after the lease: an invalidation the renewal brought in is older than this reader.
    let arrival = this.environment.coherence.sequence;
    for (;;) {
      const entry = this.store.get(id);
      const isNew = entry !== undefined && entry !== outdated;
      if (isNew && this.isServable(entry)) return this.serve(entry);
      const load = this.loads.currentOrStart(key, id);
      if (load === undefined) {
        await this.loads.whenOneEnds(id);
        lease = await this.confirmLease(id);
        if (lease.held !== undefined) return this.serveStale(lease.held);
        arrival = this.environment.coherence.sequence;
        continue;
      }
      // Nobody knows what was committed since a load that others began, unless the log was followed.
      const isDoubtful = !lease.isConfirmed && load.startedAtMs < askedAtMs;
      const outcome = await this.outcomeOf(load, id);
      if (outcome instanceof Entry) return this.serveStale(outcome);
      if (outcome.invalidatedAt > arrival) return this.serveLoaded(outcome, isDoubtful);
    }
  }

  private async readMany(keys: readonly Key[]): Promise<readonly (Value | undefined)[]> {
    const missing = keys.filter((key) => {
      const entry = this.store.get(this.policy.key(key));
      return entry === undefined || !this.isServable(entry);
    });
    const first = missing[0];
    if (first !== undefined && this.policy.loadMany !== undefined && missing.length > 1) {
      const { held } = await this.confirmLease(this.policy.key(first));
      if (held === undefined) {
        this.loads.startTogether(
          missing.filter((key) => {
            const entry = this.store.get(this.policy.key(key));
            return entry === undefined || !this.isServable(entry);
          }),
        );
      }
    }
    return Promise.all(keys.map(async (key) => this.get(key)));
  }

  /**
   * Makes sure the log was followed within the lease. When that is impossible because the database
   * is away, says so, with what is held, if it may still be served.
   */
  private async confirmLease(id: string): Promise<LeaseCheck<Value>> {
    const { clock, coherence, lease, maxStaleMs } = this.environment;
    if (clock.exactMs() - coherence.followedSinceMs < this.leaseMs) return { isConfirmed: true };
    if (await lease.renew(this.leaseMs)) return { isConfirmed: true };
    const isTooOld = clock.exactMs() - coherence.followedSinceMs >= maxStaleMs;
    return { isConfirmed: false, held: isTooOld ? undefined : this.store.get(id) };
  }

  /** The outcome of a load, or the expired (never an invalidated) entry when the load fails. */
  private async outcomeOf(
    load: RegisteredLoad<Value>,
    id: string,
  ): Promise<LoadOutcome<Value> | Entry<Value>> {
    try {
      return await load.outcome;
    } catch (error) {
      const expired = this.store.get(id);
      const { clock, coherence, maxStaleMs } = this.environment;
      const oldest = clock.exactMs() - maxStaleMs;
      if (expired === undefined) throw error;
      if (expired.expiresAtMs <= oldest || coherence.followedSinceMs <= oldest) throw error;
      return expired;
    }
  }

  private serveLoaded(outcome: LoadOutcome<Value>, isDoubtful: boolean): Value | undefined {
    this.stats.misses += 1;
    const observer = currentObserver();
    if (observer !== undefined) {
      observer.misses += 1;
      observer.isStale ||= outcome.isStale || isDoubtful;
      for (const tag of outcome.tags) observer.tags.add(tag);
    }
    return outcome.value;
  }

  /** Stores a load that nothing overtook. Runs in the same step in which the load ended. */
  private keep(id: string, outcome: LoadOutcome<Value>): void {
    if (outcome.invalidatedAt !== Infinity || outcome.isStale) {
      this.stats.doomedLoads += 1;
      return;
    }
    const { clock, coherence, random } = this.environment;
    const lifeMs =
      outcome.value === undefined
        ? (this.policy.negativeTtlMs ?? Math.min(DEFAULT_NEGATIVE_TTL_MS, this.policy.ttlMs))
        : this.policy.ttlMs;
    const spread = 1 + TTL_SPREAD * (2 * random() - 1);
    const entry = new Entry<Value>(
      id,
      deepFreeze(outcome.value),
      outcome.tags,
      clock.exactMs() + lifeMs * spread,
      estimateBytes(outcome.value) + estimateBytes(id) + estimateBytes(outcome.tags),
      this.drop,
    );
    for (const tag of entry.tags) coherence.tags.add(tag, entry);
    this.store.put(entry);
  }

  private readonly drop = (entry: Entry<Value>): void => {
    if (!this.store.remove(entry)) return;
    this.stats.invalidations += 1;
    this.detach(entry);
  };

  private detach(entry: Entry<Value>): void {
    for (const tag of entry.tags) this.environment.coherence.tags.remove(tag, entry);
  }
}
