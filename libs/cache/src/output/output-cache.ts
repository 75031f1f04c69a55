import type { CoherentCache } from '../coherent-cache.js';
import type { CachedReader } from '../core/reading/cached-reader.js';
import { observeReads, ReadObserver } from '../core/reading/read-observer.js';
import type { TurnClock } from '../core/time/turn-clock.js';

/** For how long a stored answer is used, counted from when it was built. */
export interface OutputLife {
  readonly freshMs: number;
  /** After `freshMs`: still served while it is built anew in the background. */
  readonly staleWhileRevalidateMs: number;
  /** After `freshMs`: served when building it anew fails. */
  readonly staleIfErrorMs: number;
}

/** What an answer is stored under. */
export interface OutputName {
  /** Equal only for requests that have the same answer. */
  readonly id: string;
}

/** One request for an answer that may be stored. */
export interface OutputRequest<Answer> extends OutputName {
  readonly life: OutputLife;
  /** Fires when the client of the request is gone; undefined: the replica itself made it. */
  readonly audience?: () => AbortSignal;
  /**
   * Builds the answer as part of this request; called at most once. undefined: there is an answer,
   * but none that may be stored. A rejection means that it could not be built.
   */
  build(): Promise<Answer | undefined>;
  /** Builds it apart from this request, which may be answered already. */
  rebuild(): Promise<Answer | undefined>;
}

export interface ObtainedOutput<Answer> {
  readonly answer: Answer;
  /** `hit`: it was held. `miss`: it was built, for this request or one beside it. `stale`: what was held had expired. */
  readonly source: 'hit' | 'miss' | 'stale';
  /** It has expired, or could not be confirmed against the log. */
  readonly isStale: boolean;
  readonly ageMs: number;
}

/** What the side of HTTP knows of requests that no client makes at the moment. */
export interface OutputReviver<Answer> {
  /** The request whose answers have this id; undefined when there is none on this replica. */
  revive(id: string): OutputRequest<Answer> | undefined;
  /** Whether two answers tell a client the same. */
  isSame(one: Answer, other: Answer): boolean;
}

interface StoredOutput<Answer> {
  readonly answer: Answer;
  readonly life: OutputLife;
  readonly builtAtMs: number;
  readonly freshUntilMs: number;
}

/** Answers that may not be stored are asked for one by one for this long. */
const NEGATIVE_TTL_MS = 1_000;
/** Longest time that an answer is held; what it may be served for is up to its own life. */
const HELD_MS = 60 * 60_000;
const MAX_ENTRIES = 50_000;
/** After a failure the answer is not built anew sooner, but what is held is served. */
const RETRY_PAUSE_MS = 1_000;
/** Answers that were built together do not expire together. */
const LIFE_SPREAD = 0.1;

/**
 * Finished answers, held in one more region of the coherent cache: they carry the tags of everything
 * that was read while they were built, and lease, fence, single load and bounded memory hold for them
 * as for every other value. Expired answers are served while, or because, they cannot be built anew;
 * invalidated ones never are.
 */
export class OutputCache<Answer extends object = object> {
  private readonly reader: CachedReader<OutputRequest<Answer>, StoredOutput<Answer>>;
  private readonly failedAtMs = new WeakMap<StoredOutput<Answer>, number>();
  private reviver: OutputReviver<Answer> | undefined;

  constructor(
    cache: CoherentCache,
    private readonly clock: TurnClock,
    private readonly random: () => number = Math.random,
  ) {
    this.reader = cache.reader<OutputRequest<Answer>, StoredOutput<Answer>>({
      name: 'output',
      key: { textOf: ({ id }) => id, keyOf: (id) => this.reviver?.revive(id) },
      isSame: (one, other) => this.reviver?.isSame(one.answer, other.answer) ?? false,
      load: (request) => this.load(request),
      ttlMs: HELD_MS,
      negativeTtlMs: NEGATIVE_TTL_MS,
      maxEntries: MAX_ENTRIES,
      // Answers have a life of their own, which ends before that of what holds them.
      refreshAhead: 0,
    });
  }

  /** From now on answers can be built without a request. */
  reviveWith(reviver: OutputReviver<Answer>): void {
    this.reviver = reviver;
  }

  /** The answer, when it is fresh and may be trusted; else undefined at once. */
  peek(name: OutputName): Answer | undefined {
    // A look loads nothing (nor ahead of the expiry, see above), so the name is all that is used of it.
    const stored = this.reader.peek(name as OutputRequest<Answer>);
    // The exact time: this is the only hit of its turn, and a second use of the turn's would have it kept.
    return stored !== undefined && this.clock.exactMs() < stored.freshUntilMs
      ? stored.answer
      : undefined;
  }

  /** The answer that is held has come to hold more. */
  reweigh(name: OutputName): void {
    this.reader.reweigh(name as OutputRequest<Answer>);
  }

  /** Whether this very answer is what is held now. */
  isStored(request: OutputRequest<Answer>, answer: Answer): boolean {
    return this.reader.inspect(request)?.value?.answer === answer;
  }

  /**
   * The answer, built if need be. undefined: none may be stored. Rejects when it could not be built.
   * In both cases `build` may or may not have been called.
   */
  async obtain(request: OutputRequest<Answer>): Promise<ObtainedOutput<Answer> | undefined> {
    const observer = new ReadObserver();
    observer.audience = request.audience;
    const stored = await observeReads(observer, () => this.reader.get(request));
    if (stored === undefined) return undefined;
    const expiredForMs = this.clock.exactMs() - stored.freshUntilMs;
    if (expiredForMs < 0) {
      return this.obtained(stored, observer.misses === 0 ? 'hit' : 'miss', observer.isStale);
    }
    if (expiredForMs < stored.life.staleWhileRevalidateMs) {
      void this.renew(request, stored);
      return this.obtained(stored, 'hit', true);
    }
    const renewed = await this.renew(request, stored);
    if (renewed === undefined) return undefined;
    if (renewed !== stored) return this.obtained(renewed, 'stale', false);
    return expiredForMs < stored.life.staleIfErrorMs
      ? this.obtained(stored, 'hit', true)
      : undefined;
  }

  /** What replaces an expired answer; the expired one itself when it could not be built anew. */
  private async renew(
    request: OutputRequest<Answer>,
    expired: StoredOutput<Answer>,
  ): Promise<StoredOutput<Answer> | undefined> {
    const failedAtMs = this.failedAtMs.get(expired) ?? -Infinity;
    if (this.clock.exactMs() - failedAtMs < RETRY_PAUSE_MS) return expired;
    const renewed = await this.reader.refresh(apartFrom(request)).catch(() => expired);
    if (renewed === expired) this.failedAtMs.set(expired, this.clock.exactMs());
    return renewed;
  }

  private obtained(
    stored: StoredOutput<Answer>,
    source: ObtainedOutput<Answer>['source'],
    isStale: boolean,
  ): ObtainedOutput<Answer> {
    const ageMs = this.clock.exactMs() - stored.builtAtMs;
    return { answer: stored.answer, source, isStale, ageMs };
  }

  private async load(request: OutputRequest<Answer>): Promise<StoredOutput<Answer> | undefined> {
    // While something is held its reader can still be answered with it, so no client's request is used up.
    const isHeld = this.reader.inspect(request)?.value !== undefined;
    const answer = await (isHeld ? request.rebuild() : request.build());
    if (answer === undefined) return undefined;
    const builtAtMs = this.clock.exactMs();
    const spread = 1 + LIFE_SPREAD * (2 * this.random() - 1);
    const { life } = request;
    return { answer, life, builtAtMs, freshUntilMs: builtAtMs + life.freshMs * spread };
  }
}

/** For a load that outlives the request or may end without using it up. */
function apartFrom<Answer>(request: OutputRequest<Answer>): OutputRequest<Answer> {
  const rebuild = () => request.rebuild();
  return { id: request.id, life: request.life, build: rebuild, rebuild };
}
