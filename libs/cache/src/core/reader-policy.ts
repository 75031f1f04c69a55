import type { LoadContext } from './load.js';

/** How one kind of value is cached. Names are unique in a process; keys are unique under a name. */
export interface ReaderPolicy<Key, Value> {
  readonly name: string;
  /** The text that identifies the value; equal keys give equal texts. */
  readonly key: (key: Key) => string;
  /** Tags known before loading. With them an invalidation reaches a load at once. */
  readonly tags?: (key: Key) => readonly string[];
  /** Reads committed data; undefined means "known not to exist". */
  readonly load: (key: Key, context: LoadContext) => Promise<Value | undefined>;
  /** Loads several keys with one query; the result has one place per key, in order. */
  readonly loadMany?: (
    keys: readonly Key[],
    contexts: readonly LoadContext[],
  ) => Promise<readonly (Value | undefined)[]>;
  /** Life of a value; spread by 10 % so that what was filled together does not expire together. */
  readonly ttlMs: number;
  /** Life of a negative result. Default: 5 s, or `ttlMs` when that is shorter. */
  readonly negativeTtlMs?: number;
  readonly maxEntries?: number;
  readonly maxBytes?: number;
  /** Staleness bound of this reader, when it must be tighter than the cache's own. */
  readonly leaseMs?: number;
  /** A load that takes longer fails with `cache.load-timeout`. Default: 10 s. */
  readonly loadTimeoutMs?: number;
}

/** Counters of one reader since the process started. */
export interface ReaderStats {
  hits: number;
  misses: number;
  loads: number;
  loadFailures: number;
  /** Loads that were overtaken by an invalidation and therefore not stored. */
  doomedLoads: number;
  staleServed: number;
  evictions: number;
  invalidations: number;
  loadMsTotal: number;
}

export function emptyStats(): ReaderStats {
  return {
    hits: 0,
    misses: 0,
    loads: 0,
    loadFailures: 0,
    doomedLoads: 0,
    staleServed: 0,
    evictions: 0,
    invalidations: 0,
    loadMsTotal: 0,
  };
}
