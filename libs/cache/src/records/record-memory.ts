import { deferred, type Deferred } from '#libs/kernel';
import { cacheErrors } from '../cache.errors.js';
import { pause } from '../core/time/pause.js';
import { regionTag, type AppliedListener } from '../core/following/coherence.js';
import type { LoadContext } from '../core/loads/load.js';
import type { ReaderEnvironment } from '../core/reading/reader-environment.js';
import { currentObserver, unobserved } from '../core/reading/read-observer.js';
import { encodedInSteps } from './encoded-in-steps.js';
import { PackedRecords } from './packed-records.js';
import type { RecordBudget } from './record-budget.js';
import type { RecordPolicy } from './record-policy.js';

/** Read with one call. */
const BATCH = 100;
/** Before anything is read, so that what changes in quick succession is read together. */
const LEAST_PAUSE_MS = 20;
const FAILURE_PAUSE_MS = 1_000;

export type RecordEnvironment = Pick<
  ReaderEnvironment,
  'coherence' | 'clock' | 'scheduler' | 'lease' | 'leaseMs'
> & {
  readonly budget: RecordBudget;
  readonly reportFailure: (name: string, error: unknown) => void;
};

type Named = Pick<LoadContext, 'readMemoryAt'>;

/**
 * Records that a replica holds as bytes beside its cached values, so that what it is asked for the first time needs no database:
 * loaders look here before they ask it (the model is Netflix's Hollow).
 *
 * A record is read in the background, and held once everything is applied that was committed before, unless one of its
 * tags was among it; until one of its tags is applied, which drops it in the same step and has it read again. So what is held
 * is of the state that the invalidations applied here make, as an entry of the cache is, and what is not held is
 * read from the database as if there were no such memory. It reads for at most half of the time, and holds
 * nothing above the budget that it shares with others.
 */
export class RecordMemory<Value> implements AppliedListener {
  private readonly records = new PackedRecords();
  private readonly aliases = new PackedRecords();
  private readonly wanted = new Set<string>();
  /** What is being read, and was not voided since. */
  private readonly reading = new Set<string>();
  private isStarted = false;
  private isWorking = false;
  private clears = 0;
  private idle: Deferred<void> | undefined;
  private chargedBytes = 0;
  private refused = 0;
  private found = 0;

  constructor(
    private readonly policy: RecordPolicy<Value>,
    private readonly environment: RecordEnvironment,
  ) {}

  get name(): string {
    return this.policy.name;
  }

  get size(): number {
    return this.records.size;
  }

  get bytes(): number {
    return this.records.bytes + this.aliases.bytes;
  }

  /** Wanted, and not held yet. */
  get missing(): number {
    return this.wanted.size + this.reading.size;
  }

  /** Since the process started: read, and not held because the budget was used up. */
  get leftOut(): number {
    return this.refused;
  }

  /** Since the process started: answered from memory. */
  get finds(): number {
    return this.found;
  }

  /** Before it, nothing is wanted and nothing held; what there is (see the policy) is wanted since then. */
  start(): void {
    if (this.isStarted || this.environment.budget.limit === 0) return;
    this.isStarted = true;
    void unobserved(() => this.fill());
  }

  /** Nothing is held or wanted any more: what is applied from now on would drop nothing. */
  stop(): void {
    this.isStarted = false;
    this.drain();
  }

  /** These are to be held. Resolves when nothing is left to be read, or it is stopped. */
  want(ids: Iterable<string>): Promise<void> {
    if (!this.isStarted) return Promise.resolve();
    for (const id of ids) if (!this.records.has(id)) this.wanted.add(id);
    return this.work();
  }

  /** These are not to be held any more. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) {
      this.wanted.delete(id);
      this.reading.delete(id);
      this.drop(id);
    }
    this.charge();
  }

  /**
   * What is made of the bytes of a record, in this step; undefined when it is not held, or must not be used: by those who
   * read apart, and when the log was not followed within the lease. A loader whose value is made of nothing
   * else that is not cached passes its context.
   */
  find<Part>(id: string, decode: (bytes: Buffer) => Part, context?: Named): Part | undefined {
    if (!this.mayBeUsed()) return undefined;
    const bytes = this.records.get(id);
    if (bytes === undefined) return undefined;
    this.found += 1;
    context?.readMemoryAt(this.environment.coherence.sequence);
    return decode(bytes);
  }

  /** The whole of a record that may be used, in this step. */
  value(id: string): Value | undefined {
    return this.find(id, this.policy.decode);
  }

  /** In the order of the ids: what is held from here, the rest with one read; `contexts` are those of a loader of them. */
  async list(
    ids: readonly string[],
    contexts: readonly (Named | undefined)[] = [],
  ): Promise<(Value | undefined)[]> {
    const { decode, read } = this.policy;
    const values = ids.map((id, index) => this.find(id, decode, contexts[index]));
    const missing = ids.filter((_, index) => values[index] === undefined);
    if (missing.length === 0) return values;
    const loaded = await read(missing);
    return ids.map((id, index) => values[index] ?? loaded.get(id));
  }

  /** The id of the record that has this other name; undefined when none that may be used has. */
  idOf(alias: string): string | undefined {
    return this.mayBeUsed() ? this.aliases.get(alias)?.toString() : undefined;
  }

  applied(tags: readonly string[]): readonly string[] {
    if (!this.isStarted) return [];
    const { idOf, isReadWhenNamed = false, regions = [] } = this.policy;
    if (regions.some((name) => tags.includes(regionTag(name)))) this.cleared();
    for (const tag of tags) {
      const id = idOf(tag);
      if (id === undefined) continue;
      // Both: what was wanted while it was read is read again while it is held.
      const isHeld = this.drop(id);
      const isOurs = this.reading.delete(id) || isHeld;
      if (isOurs || isReadWhenNamed) this.wanted.add(id);
    }
    this.charge();
    void this.work();
    return [];
  }

  cleared(): void {
    this.drain();
    this.clears += 1;
    if (this.isStarted) void unobserved(() => this.fill());
  }

  private drain(): void {
    this.records.clear();
    this.aliases.clear();
    this.wanted.clear();
    this.reading.clear();
    this.charge();
  }

  private mayBeUsed(): boolean {
    if (this.records.size === 0 || currentObserver()?.apart !== undefined) return false;
    const { clock, coherence, leaseMs } = this.environment;
    return clock.exactMs() - coherence.followedSinceMs < leaseMs;
  }

  /** Wants all there is, page by page, until it does not fit or was cleared. */
  private async fill(): Promise<void> {
    const { idsAfter } = this.policy;
    const { scheduler, reportFailure } = this.environment;
    const { clears, refused } = this;
    const isOver = (): boolean =>
      !this.isStarted || clears !== this.clears || refused !== this.refused;
    let last: string | undefined = '';
    while (idsAfter !== undefined && last !== undefined && !isOver()) {
      try {
        // From here on every row of the log is applied, so what is read later misses nothing.
        if (last === '') await this.follow();
        const ids = await idsAfter(last);
        if (isOver()) return;
        await this.want(ids);
        last = ids.at(-1);
      } catch (error) {
        reportFailure(this.name, error);
        await pause(scheduler, FAILURE_PAUSE_MS);
      }
    }
  }

  private work(): Promise<void> {
    if (!this.isWorking && this.wanted.size > 0) {
      this.isWorking = true;
      this.idle = deferred();
      // It is for all who want it, so nothing it reads is noted for the one that begins it.
      void unobserved(() => this.readAll());
    }
    return this.idle?.promise ?? Promise.resolve();
  }

  private async readAll(): Promise<void> {
    const { clock, scheduler, reportFailure } = this.environment;
    let pauseMs = LEAST_PAUSE_MS;
    while (this.wanted.size > 0) {
      await pause(scheduler, pauseMs);
      const beganMs = clock.exactMs();
      try {
        await this.readSome();
        pauseMs = Math.max(LEAST_PAUSE_MS, clock.exactMs() - beganMs);
      } catch (error) {
        for (const id of this.reading) this.wanted.add(id);
        reportFailure(this.name, error);
        pauseMs = FAILURE_PAUSE_MS;
      }
      this.reading.clear();
    }
    this.isWorking = false;
    this.idle?.resolve();
  }

  private async readSome(): Promise<void> {
    const { policy, reading } = this;
    for (const id of this.wanted) {
      if (reading.size >= BATCH) break;
      this.wanted.delete(id);
      reading.add(id);
    }
    // What was wanted may have been voided as a whole, or is not wanted any more.
    if (reading.size === 0) return;
    const values = await policy.read([...reading]);
    const records = await encodedInSteps(values, policy.encode, this.environment);
    // A change may be in what was read, and not applied here yet.
    await this.follow();
    const held: string[] = [];
    for (const [id, bytes] of records) if (reading.has(id) && this.hold(id, bytes)) held.push(id);
    policy.onHeld?.(held);
    policy.onMissing?.([...reading].filter((id) => !values.has(id)));
  }

  private async follow(): Promise<void> {
    if (!(await this.environment.lease.renew(0))) throw cacheErrors.unconfirmed();
  }

  private hold(id: string, bytes: Uint8Array): boolean {
    if (!this.environment.budget.hasRoomFor(bytes.length)) {
      this.refused += 1;
      return false;
    }
    this.drop(id);
    this.records.set(id, bytes);
    const alias = this.aliasOf(id);
    if (alias !== undefined) this.aliases.set(alias, Buffer.from(id));
    this.charge();
    return true;
  }

  private drop(id: string): boolean {
    const alias = this.aliasOf(id);
    if (alias !== undefined && this.aliases.get(alias)?.toString() === id)
      this.aliases.delete(alias);
    return this.records.delete(id);
  }

  private aliasOf(id: string): string | undefined {
    const { aliasOf } = this.policy;
    const bytes = aliasOf === undefined ? undefined : this.records.get(id);
    return bytes === undefined ? undefined : aliasOf?.(bytes);
  }

  private charge(): void {
    this.environment.budget.changed(this.bytes - this.chargedBytes);
    this.chargedBytes = this.bytes;
  }
}
