import type { LoadRegistry } from '../loads/load-registry.js';
import { FirstAsks } from './first-asks.js';
import type { ReadObserver } from './read-observer.js';
import type { ReaderEnvironment } from './reader-environment.js';
import type { ReaderPolicy, ReaderStats } from './reader-policy.js';

/**
 * Answers what was not asked for lately from records in memory (see `fromRecords`), and holds nothing: what is made of a
 * record needs neither a load nor an entry, and no tag in the index, because the record itself is dropped in the step
 * that voids it. So it is a hit: of the state that the invalidations applied here make, under the tags of its key.
 */
export class RecordedReads<Key, Value> {
  private readonly asks = new FirstAsks();

  constructor(
    private readonly policy: ReaderPolicy<Key, Value>,
    private readonly environment: Pick<ReaderEnvironment, 'coherence'>,
    private readonly loads: Pick<LoadRegistry<Key, Value>, 'isUnderWay'>,
    private readonly stats: ReaderStats,
  ) {}

  /** undefined: it is to be read as any other. */
  tryRead(key: Key, id: string, observer: ReadObserver | undefined): Value | undefined {
    // Who asks while it is loaded joins: it is being held for the next one.
    if (this.loads.isUnderWay(id) || !this.asks.isFirst(id)) return undefined;
    const { name, fromRecords, tags } = this.policy;
    const value = fromRecords?.(key);
    if (value === undefined) return undefined;
    this.stats.hits += 1;
    if (observer !== undefined) {
      const carried = tags?.(key) ?? [];
      const { sequence } = this.environment.coherence;
      observer.noteHit(name, carried);
      observer.moments?.note({ tags: carried, sequence, isSettled: true });
    }
    return value;
  }
}
