import type { MaybePromise } from '#libs/kernel';
import { cacheErrors } from '../../cache.errors.js';
import { Entry } from '../entries/entry.js';
import { inspected, type InspectedEntry } from '../entries/inspected-entry.js';
import { loadApart, loadManyApart } from '../loads/load-apart.js';
import { LoadRegistry } from '../loads/load-registry.js';
import type { LoadOutcome } from '../loads/load.js';
import { currentObserver, type ReadObserver } from './read-observer.js';
import type { ReaderEnvironment } from './reader-environment.js';
import { emptyStats, type ReaderPolicy, type ReaderStats } from './reader-policy.js';
import { ReaderUpkeep } from './reader-upkeep.js';
import { isRefreshDue } from './refresh-ahead.js';
import { RecordedReads } from './recorded-reads.js';
import { Region } from '../entries/region.js';
import { StaleAnswers } from './stale-answers.js';
import { UnheldReads } from './unheld-reads.js';

/**
 * Reads through the coherent cache. Guarantees (DESIGN section 3): a hit is synchronous and trusted
 * only within the lease (C2); an overtaken load is handed to those who waited before the
 * invalidation and never stored (C3); concurrent misses share a load, and at most two loads of a key
 * run at once (C4); values are frozen (C9). A load whose last reader is gone (`ReadObserver.audience`)
 * is given up, and fires the signal of its context.
 *
 * Every read throws `cache.read-in-unit-of-work` inside a unit of work: what is held knows nothing of
 * the rows that the transaction has locked or changed, and a decision made from it would be wrong.
 */
export class CachedReader<Key, Value> {
  readonly stats: ReaderStats = emptyStats();
  readonly builtFrom = new Set<string>();
  readonly upkeep: ReaderUpkeep<Key, Value>;
  private readonly region: Region<Value>;
  private readonly loads: LoadRegistry<Key, Value>;
  private readonly leaseMs: number;
  private readonly staleAnswers: StaleAnswers<Value>;
  private readonly unheld: UnheldReads<Key, Value> | undefined;
  private readonly recorded: RecordedReads<Key, Value> | undefined;
  private hitsUntilNoted: number;

  constructor(
    private readonly policy: ReaderPolicy<Key, Value>,
    private readonly environment: ReaderEnvironment,
  ) {
    this.leaseMs = Math.min(policy.leaseMs ?? Infinity, environment.leaseMs);
    this.region = new Region<Value>(policy, environment, this.stats);
    this.staleAnswers = new StaleAnswers(policy, this.region, environment);
    this.loads = new LoadRegistry(policy, environment, this.stats, (id, outcome, loadMs) => {
      for (const region of outcome.regions) this.builtFrom.add(region);
      this.region.keep(id, outcome, loadMs);
    });
    if (policy.isHeldWhenAskedAgain === true)
      this.unheld = new UnheldReads(policy, environment, {
        region: this.region,
        loads: this.loads,
        staleAnswers: this.staleAnswers,
        stats: this.stats,
      });
    if (policy.fromRecords !== undefined)
      this.recorded = new RecordedReads(policy, environment, this.loads, this.stats);
    this.upkeep = new ReaderUpkeep(policy, environment, this.region, {
      read: (key) => this.get(key),
      loads: this.loads,
      stats: this.stats,
    });
    this.hitsUntilNoted = this.upkeep.notes.firstStep;
    environment.coherence.register(this);
  }

  get name(): string {
    return this.policy.name;
  }

  private get isFromMemory(): boolean {
    return this.policy.isFromMemory ?? false;
  }

  /** Its values are not for operators' eyes. */
  get isConfidential(): boolean {
    return this.policy.isConfidential ?? false;
  }

  get size(): number {
    return this.region.size;
  }

  /** Of these, what is known not to exist. */
  get negativeSize(): number {
    return this.region.negativeSize;
  }

  get bytes(): number {
    return this.region.bytes;
  }

  /** Keys with a load under way. */
  get loadsUnderWay(): number {
    return this.loads.size;
  }

  /** The value at once on a trusted hit, else a promise of it; undefined when it does not exist. */
  get(key: Key): MaybePromise<Value | undefined> {
    this.assertOutsideUnitOfWork();
    const observer = currentObserver();
    if (observer?.apart !== undefined) return loadApart(this.policy, key, observer.apart);
    const id = this.policy.key(key);
    const entry = this.servable(key, id);
    return entry === undefined ? this.read(key, id) : this.serve(entry, observer);
  }

  /** What is held, if it may be served at once; never waits and never loads. Absence has many reasons. */
  peek(key: Key): Value | undefined {
    this.assertOutsideUnitOfWork();
    const observer = currentObserver();
    if (observer?.apart !== undefined) return undefined;
    const entry = this.servable(key, this.policy.key(key));
    return entry === undefined ? undefined : this.serve(entry, observer);
  }

  /** Whether `get` would answer at once, with a value or that there is none; it does not count as a read. */
  holds(key: Key): boolean {
    if (currentObserver()?.apart !== undefined) return false;
    return this.servable(key, this.policy.key(key)) !== undefined;
  }

  /**
   * Loads anew although something is held; that is replaced when the new value is stored, and
   * answered (noted as stale) when the load fails.
   */
  refresh(key: Key): Promise<Value | undefined> {
    this.assertOutsideUnitOfWork();
    const apart = currentObserver()?.apart;
    if (apart !== undefined) return loadApart(this.policy, key, apart);
    const id = this.policy.key(key);
    return this.read(key, id, this.region.get(id));
  }

  /** One place per key, in order. What is missing is loaded with one query when the policy can. */
  getMany(keys: readonly Key[]): MaybePromise<readonly (Value | undefined)[]> {
    this.assertOutsideUnitOfWork();
    const observer = currentObserver();
    if (observer?.apart !== undefined) return loadManyApart(this.policy, keys, observer.apart);
    const values = new Array<Value | undefined>(keys.length);
    const missing = new Map<number, Key>();
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index] as Key;
      const id = this.policy.key(key);
      const entry = this.servable(key, id);
      const value =
        entry === undefined
          ? this.recorded?.tryRead(key, id, observer)
          : this.serve(entry, observer);
      if (entry === undefined && value === undefined) missing.set(index, key);
      values[index] = value;
    }
    return missing.size === 0 ? values : this.readMissing(missing, values);
  }

  /** What is held under a key on this replica, without counting as a read. */
  inspect(key: Key): { value: Value | undefined; tags: readonly string[] } | undefined {
    return this.inspectText(this.policy.key(key));
  }

  /** The same by the text of the key, with everything there is to know. */
  inspectText(id: string): InspectedEntry<Value> | undefined {
    const entry = this.region.get(id);
    return entry === undefined ? undefined : inspected(entry, this.environment, this.leaseMs);
  }

  /** For values that come to hold more while they are kept: counts anew what is held under the key. */
  reweigh(key: Key): void {
    this.region.reweigh(this.policy.key(key));
  }

  clear(): void {
    this.region.clear();
    this.loads.doomAll(this.environment.coherence.sequence);
  }

  refreshOrdered(): void {
    this.upkeep.refreshOrdered();
  }

  private assertOutsideUnitOfWork(): void {
    if (!this.environment.writes.isUnderWay) return;
    throw cacheErrors.readInUnitOfWork({
      message: `${this.policy.name} is read through the cache inside a unit of work`,
    });
  }

  /** The entry if it may be served at once. */
  private servable(key: Key, id: string): Entry<Value> | undefined {
    const entry = this.region.get(id);
    if (entry === undefined) return undefined;
    const { clock, coherence } = this.environment;
    const now = clock.nowMs();
    if (now - coherence.followedSinceMs >= this.leaseMs) return undefined;
    if (now < entry.calmUntilMs) return entry;
    if (now >= entry.expiresAtMs) return undefined;
    this.refreshAhead(key, entry, now);
    return entry;
  }

  /** In the background: the reader who happens to be chosen does not wait. */
  private refreshAhead(key: Key, entry: Entry<Value>, now: number): void {
    const { random, scheduler } = this.environment;
    if (!isRefreshDue(entry, now, random) || !this.loads.hasRoom) return;
    entry.calmUntilMs = entry.expiresAtMs; // Once in its life; if that fails, the next read waits.
    scheduler.afterTurn(() => {
      if (this.region.get(entry.key) === entry && this.loads.begin(key, entry.key)) {
        this.stats.refreshes += 1;
      }
    });
  }

  private serve(entry: Entry<Value>, observer: ReadObserver | undefined): Value | undefined {
    entry.isVisited = true;
    this.stats.hits += 1;
    this.hitsUntilNoted -= 1;
    if (this.hitsUntilNoted === 0) this.hitsUntilNoted = this.upkeep.notes.noteHits(entry.key);
    if (observer !== undefined) {
      const { tags, readUntilMs } = entry;
      observer.noteHit(this.policy.name, tags, readUntilMs);
      if (observer.moments !== undefined) {
        const { sequence, followedSinceMs } = this.environment.coherence;
        observer.moments.note({ tags, sequence, isSettled: readUntilMs < followedSinceMs });
      }
    }
    return entry.value;
  }

  private serveStale(entry: Entry<Value>): Value | undefined {
    this.stats.staleServed += 1;
    const observer = currentObserver();
    if (observer !== undefined) observer.isStale = true;
    return this.serve(entry, observer);
  }

  private async read(key: Key, id: string, outdated?: Entry<Value>): Promise<Value | undefined> {
    const askedAtMs = this.environment.clock.exactMs();
    let lease = await this.staleAnswers.confirmLease(id, this.leaseMs);
    if (lease.held !== undefined) return this.serveStale(lease.held);
    const unheld = this.unheld?.tryRead(key, id, lease.isConfirmed);
    if (unheld !== undefined) return unheld;
    // Counted after the lease: an invalidation the renewal brought in is older than this reader.
    let arrival = this.environment.coherence.sequence;
    for (;;) {
      const entry = this.servable(key, id);
      if (entry !== undefined && entry !== outdated) return this.serve(entry, currentObserver());
      const gone = currentObserver()?.audience?.();
      gone?.throwIfAborted();
      const load = this.loads.currentOrStart(key, id);
      if (load === undefined) {
        await this.loads.whenOneEnds(id);
        lease = await this.staleAnswers.confirmLease(id, this.leaseMs);
        if (lease.held !== undefined) return this.serveStale(lease.held);
        arrival = this.environment.coherence.sequence;
        continue;
      }
      // What was committed since a load that others began is known only if the log was followed; to memory always.
      const isDoubtful = !lease.isConfirmed && (this.isFromMemory || load.startedAtMs < askedAtMs);
      const outcome = await this.staleAnswers.unlessLoaded(load, id, gone);
      if (outcome instanceof Entry) return this.serveStale(outcome);
      if (outcome.invalidatedAt <= arrival) continue;
      if (isDoubtful && this.isFromMemory) this.staleAnswers.assertMemory();
      if (isDoubtful && !this.staleAnswers.areAllowed) continue;
      this.upkeep.notes.noteMiss(id);
      return this.serveLoaded(outcome, isDoubtful);
    }
  }

  /** Puts the values of the missing keys in their places. */
  private async readMissing(
    missing: ReadonlyMap<number, Key>,
    values: (Value | undefined)[],
  ): Promise<readonly (Value | undefined)[]> {
    const keys = [...missing.values()];
    const [first] = keys;
    if (first !== undefined && this.policy.loadMany !== undefined && keys.length > 1) {
      const id = this.policy.key(first);
      const { held } = await this.staleAnswers.confirmLease(id, this.leaseMs);
      const isMissing = (key: Key) => this.servable(key, this.policy.key(key)) === undefined;
      if (held === undefined) this.loads.startTogether(keys.filter(isMissing));
    }
    const read = await Promise.all(keys.map(async (key) => this.get(key)));
    let next = 0;
    for (const place of missing.keys()) values[place] = read[next++];
    return values;
  }

  private serveLoaded(outcome: LoadOutcome<Value>, isDoubtful: boolean): Value | undefined {
    if (outcome.isStale && !this.staleAnswers.areAllowed) throw cacheErrors.unconfirmed();
    this.stats.misses += 1;
    const isStale = outcome.isStale || isDoubtful;
    const observer = currentObserver();
    observer?.noteLoaded(this.policy.name, { ...outcome, isStale });
    observer?.moments?.noteOutcome(outcome);
    return outcome.value;
  }
}
