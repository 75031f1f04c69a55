import { deferred, type Deferred } from '#libs/kernel';
import { regionTag, type Coherence } from '../following/coherence.js';
import type { LoadTicket } from './load-ticket.js';
import { ReadMoments } from '../reading/read-moments.js';
import type { ReadObserver } from '../reading/read-observer.js';
import type { Dependent } from '../entries/tag-index.js';

/** What a loader is given. */
export interface LoadContext {
  /** Names what the value depends on, as soon as it is known. */
  tag(...tags: readonly string[]): void;
  /**
   * The value is made of nothing but what is cached, and of memory that keeps up with the log, read in this step; says of
   * which invalidations applied here (see `CoherentCache.sequence`) that is the result.
   */
  readMemoryAt(sequence: number): void;
  /** Fires when no read waits for the result any more. */
  readonly signal: AbortSignal;
}

export interface LoadOutcome<Value> {
  readonly value: Value | undefined;
  readonly tags: readonly string[];
  /** Names of the regions whose values went into it. */
  readonly regions: readonly string[];
  /** Built from something that was served stale; valid for its waiters, never stored. */
  readonly isStale: boolean;
  /** A part of it was asked for for the first time and is not held, so neither is this. */
  readonly hasUnheld: boolean;
  /** The first invalidation of one of the tags since the load began; Infinity when there was none. */
  readonly invalidatedAt: number;
  /** What had been applied when the load ended. */
  readonly endedAt: number;
  /** The database was read for it until then. */
  readonly readUntilMs: number;
  /** By then everything that it can show had been applied. */
  readonly isSettled: boolean;
  /** When its parts were true, where that is known although it was overtaken. */
  readonly moments: ReadMoments | undefined;
}

export interface LoadEvents<Value> {
  /** Overtaken by an invalidation for the first time. */
  doomed(load: Load<Value>): void;
  /** Nobody waits for it any more. */
  abandoned(load: Load<Value>, reason: unknown): void;
}

/**
 * A load under way. It is registered before it begins to read, so an invalidation that arrives later
 * dooms it: it answers the reads that already waited, is not stored, and no read joins it any more.
 */
export class Load<Value> implements Dependent, LoadContext {
  readonly startedAt: number;
  /** Decides when its query begins. */
  ticket: LoadTicket | undefined;
  /** Gives up what it holds of the ticket. */
  leaveTicket: () => void = () => undefined;
  /** All who waited for it are gone. */
  isAbandoned = false;
  private readonly tags = new Set<string>();
  /** Those that an invalidation reaches it by. */
  private readonly carried: string[] = [];
  private readonly done: Deferred<LoadOutcome<Value>> = deferred();
  /** Made when the loader asks for it: most do not. */
  private aborter: AbortController | undefined;
  private failure: { readonly error: unknown } | undefined;
  private waiters = 0;
  private firstInvalidation = Infinity;
  private isSettled = false;
  private memoryReadAt: number | undefined;

  constructor(
    private readonly coherence: Coherence,
    readonly startedAtMs: number,
    private readonly events: LoadEvents<Value>,
  ) {
    this.startedAt = coherence.sequence;
    coherence.journal.loadStarted();
  }

  /** Settles for everybody, whether they are counted as waiting or not. */
  get outcome(): Promise<LoadOutcome<Value>> {
    return this.done.promise;
  }

  /**
   * The outcome, for one more who waits for it: until `gone` fires, if it is given, when this one is
   * rejected with its reason. When the last of all who wait is gone the load is abandoned.
   */
  waitFor(gone: AbortSignal | undefined): Promise<LoadOutcome<Value>> {
    this.waiters += 1;
    if (gone === undefined) return this.done.promise;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(gone.reason as Error);
        this.waiters -= 1;
        if (this.waiters > 0) return;
        this.isAbandoned = true;
        this.events.abandoned(this, gone.reason);
      };
      const stay = (): void => gone.removeEventListener('abort', leave);
      gone.addEventListener('abort', leave, { once: true });
      this.done.promise.finally(stay).then(resolve, reject);
    });
  }

  get signal(): AbortSignal {
    if (this.aborter === undefined) {
      this.aborter = new AbortController();
      if (this.failure !== undefined) this.aborter.abort(this.failure.error);
    }
    return this.aborter.signal;
  }

  tag(...tags: readonly string[]): void {
    this.addTags(tags);
  }

  addTags(tags: Iterable<string>): void {
    if (this.isSettled) return;
    for (const tag of this.learn(tags)) {
      this.coherence.tags.add(tag, this);
      this.carried.push(tag);
    }
  }

  readMemoryAt(sequence: number): void {
    this.memoryReadAt = sequence;
  }

  /** It shows nothing that was not applied here when it was read. */
  get isFromMemory(): boolean {
    return this.memoryReadAt !== undefined;
  }

  invalidated(sequence: number): void {
    if (this.isSettled) return;
    const isFirst = this.firstInvalidation === Infinity;
    this.firstInvalidation = Math.min(this.firstInvalidation, sequence);
    if (isFirst) this.events.doomed(this);
  }

  /**
   * Ends the load with a value, built from what was read under `reads`. Returns the outcome; it may
   * be stored only if never invalidated. `readUntilMs` is when the database was read last for it.
   */
  succeed(
    value: Value | undefined,
    reads: ReadObserver,
    readUntilMs: number,
  ): LoadOutcome<Value> | undefined {
    if (this.isSettled) return undefined;
    const moments = this.momentsOf(reads);
    // It ends in this step, so nothing could reach it by these any more: the journal is all there is to ask.
    this.learn(reads.tags, reads.readSince);
    const regions = [...reads.regions];
    const cleared = this.coherence.journal.firstAfter(this.startedAt, regions.map(regionTag));
    if (cleared !== Infinity) this.invalidated(cleared);
    const outcome = {
      value,
      tags: [...this.tags],
      regions,
      isStale: reads.isStale,
      hasUnheld: reads.hasUnheld,
      invalidatedAt: this.firstInvalidation,
      endedAt: this.coherence.sequence,
      readUntilMs,
      isSettled: readUntilMs < this.coherence.followedSinceMs,
      moments,
    };
    this.settle();
    this.done.resolve(outcome);
    return outcome;
  }

  fail(error: unknown): void {
    if (this.isSettled) return;
    this.settle();
    this.failure = { error };
    this.aborter?.abort(error);
    this.done.reject(error);
  }

  /** Answers those it did not have. `since`: invalidations before it came before what carries the tags was read. */
  private learn(tags: Iterable<string>, since = 0): readonly string[] {
    const fresh: string[] = [];
    for (const tag of tags) {
      if (this.tags.has(tag)) continue;
      this.tags.add(tag);
      fresh.push(tag);
    }
    const missed = this.coherence.journal.firstAfter(Math.max(this.startedAt, since), fresh);
    if (missed !== Infinity) this.invalidated(missed);
    return fresh;
  }

  /** Of what was read through the cache, and of what the loader named tags for itself. */
  private momentsOf({ moments }: ReadObserver): ReadMoments | undefined {
    if (moments === undefined || this.tags.size === 0) return moments;
    const { memoryReadAt: sequence } = this;
    if (sequence === undefined) moments.noteUnknown();
    else moments.note({ tags: [...this.tags], sequence, isSettled: true });
    return moments;
  }

  private settle(): void {
    this.isSettled = true;
    for (const tag of this.carried) this.coherence.tags.remove(tag, this);
    this.coherence.journal.loadEnded();
  }
}
