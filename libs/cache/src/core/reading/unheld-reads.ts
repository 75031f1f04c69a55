import { traced } from '#libs/kernel';
import type { Region } from '../entries/region.js';
import type { Coherence } from '../following/coherence.js';
import type { LoadRegistry } from '../loads/load-registry.js';
import type { LoadContext } from '../loads/load.js';
import { FirstAsks } from './first-asks.js';
import type { ReadMoments } from './read-moments.js';
import { currentObserver, type ReadObserver } from './read-observer.js';
import type { ReaderEnvironment } from './reader-environment.js';
import type { ReaderPolicy, ReaderStats } from './reader-policy.js';
import type { StaleAnswers } from './stale-answers.js';

/** What of a reader is looked at. */
interface ReaderParts<Key, Value> {
  readonly region: Pick<Region<Value>, 'get'>;
  readonly loads: Pick<LoadRegistry<Key, Value>, 'isUnderWay'>;
  readonly staleAnswers: Pick<StaleAnswers<Value>, 'assertMemory'>;
  readonly stats: ReaderStats;
}

/**
 * Makes values that were not asked for lately for the answer that asks, and holds nothing (see
 * `isHeldWhenAskedAgain`). Only for answers whose moments are noted: they are of one state or made again, carry the
 * tags of their parts, and are loaded, joined, fenced and given up themselves. So a part needs no load
 * of its own, which costs a place, a timer, an entry, and its tags a second time.
 */
export class UnheldReads<Key, Value> {
  private readonly asks = new FirstAsks();

  constructor(
    private readonly policy: ReaderPolicy<Key, Value>,
    private readonly environment: Pick<ReaderEnvironment, 'coherence'>,
    private readonly parts: ReaderParts<Key, Value>,
  ) {}

  /** undefined: it is to be read as any other. What the log could not be followed for is noted as stale, like there. */
  tryRead(key: Key, id: string, isConfirmed: boolean): Promise<Value | undefined> | undefined {
    const observer = currentObserver();
    const moments = observer?.moments;
    if (observer === undefined || moments === undefined || observer.isAhead) return undefined;
    const { region, loads } = this.parts;
    if (region.get(id) !== undefined || loads.isUnderWay(id) || !this.asks.isFirst(id)) {
      return undefined;
    }
    return this.read(key, isConfirmed, observer, moments);
  }

  private async read(
    key: Key,
    isConfirmed: boolean,
    observer: ReadObserver,
    moments: ReadMoments,
  ): Promise<Value | undefined> {
    const { policy, parts } = this;
    observer.audience?.().throwIfAborted();
    const context = new UnheldContext(this.environment.coherence, observer, moments);
    context.tag(...(policy.tags?.(key) ?? []));
    const value = await traced(
      () => ({ name: 'cache load', facts: { 'lockstep.cache': policy.name } }),
      () => policy.load(key, context),
    );
    context.ended();
    observer.noteUnheld(policy.name);
    if (!isConfirmed) {
      parts.staleAnswers.assertMemory();
      observer.isStale = true;
    }
    parts.stats.misses += 1;
    return value;
  }
}

/** Notes for an answer what one of its parts depends on, and when that was true. */
class UnheldContext implements LoadContext {
  private readonly tags: string[] = [];
  private readonly startedAt: number;
  private memoryReadAt: number | undefined;

  constructor(
    private readonly coherence: Coherence,
    private readonly observer: ReadObserver,
    private readonly moments: ReadMoments,
  ) {
    this.startedAt = coherence.sequence;
  }

  tag(...tags: readonly string[]): void {
    for (const tag of tags) {
      this.tags.push(tag);
      this.observer.tags.add(tag);
    }
  }

  readMemoryAt(sequence: number): void {
    this.memoryReadAt = sequence;
  }

  get signal(): AbortSignal {
    return this.observer.audience?.() ?? new AbortController().signal;
  }

  /** What was read through the cache has noted its moments itself. */
  ended(): void {
    const { tags, coherence, moments, memoryReadAt, startedAt } = this;
    if (tags.length === 0) return;
    // Without a word about memory it is true now, if nothing that it names was changed meanwhile.
    const sequence = memoryReadAt ?? coherence.sequence;
    const isKnown =
      memoryReadAt !== undefined || coherence.journal.firstAfter(startedAt, tags) === Infinity;
    if (isKnown) moments.note({ tags, sequence, isSettled: true });
    else moments.noteUnknown();
  }
}
