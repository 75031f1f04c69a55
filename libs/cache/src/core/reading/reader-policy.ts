import type { LoadContext } from '../loads/load.js';

/** How one kind of value is cached. Names are unique in a process; keys are unique under a name. */
export interface ReaderPolicy<Key, Value> {
  readonly name: string;
  /** The text that identifies the value; equal keys give equal texts. */
  readonly key: (key: Key) => string;
  /**
   * The inverse of `key`. May answer undefined, throw, or answer what has another text, when the text
   * is none of its texts (it may come from another release). What is done with keys that no request asks
   * for at the moment needs it: without it the values are not verified, not loaded ahead when a
   * replica starts, and not refreshed in time.
   */
  readonly keyOf?: (text: string) => Key | undefined;
  /** Tags known before loading. With them an invalidation reaches a load at once. */
  readonly tags?: (key: Key) => readonly string[];
  /**
   * The loader reads nothing but what is cached, and memory that keeps up with the log (an `AppliedListener`;
   * then it tells the context what that is the result of). So it shows nothing that was not applied here.
   */
  readonly isFromMemory?: boolean;
  /**
   * For readers that are `isFromMemory`: what an answer of one state asks for, and was not asked for lately, is made for
   * that answer alone; neither it nor the answer is held. Who asks again has both held. So keys that come once, such as
   * what a shopper types, cost neither entries nor a load of their own. Two that ask at once make it twice.
   */
  readonly isHeldWhenAskedAgain?: boolean;
  /**
   * Makes the value in this step of what is cached and of records in memory (`RecordMemory.find`); undefined when it has to
   * be loaded. A list is given what was not asked for lately from there, and it is held only when it is asked for again:
   * to make it of a record costs little more than to look it up, and much less than to load and hold it.
   */
  readonly fromRecords?: (key: Key) => Value | undefined;
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
  /** Default: 10,000. */
  readonly maxEntries?: number;
  /** Negative results are held apart from values. Default: 1,000. */
  readonly maxNegativeEntries?: number;
  /** Default: no limit but what the process has for all readers. */
  readonly maxBytes?: number;
  /** What of the memory for all readers it may claim, compared with the others. Default: 1. */
  readonly memoryShare?: number;
  /** Staleness bound of this reader, when it must be tighter than the cache's own. */
  readonly leaseMs?: number;
  /**
   * For how long what cannot be confirmed or loaded anew may still be served, marked stale, when it
   * must be shorter than the cache's own. 0: never; such a read loads or fails.
   */
  readonly maxStaleMs?: number;
  /** A load that takes longer goes on in the background while an expired value is served, marked stale. */
  readonly softTimeoutMs?: number;
  /** A load that takes longer fails with `cache.load-timeout`. Default: 10 s. */
  readonly loadTimeoutMs?: number;
  /**
   * How early a value that is read is loaded anew before it expires, compared with what is best on
   * average; the time a load takes is measured. Default: 1; 0 is off.
   */
  readonly refreshAhead?: number;
  /**
   * When a refresh is ordered (job `refresh-cache`), values that would expire within this time, and were
   * used, are loaded anew. Less than 90 % of `ttlMs`, and longer than from one order to the next.
   * Default: orders are not for this reader.
   */
  readonly refreshWindowMs?: number;
  /** Whether two values say the same, for the verifier. Default: they are deeply equal. */
  readonly isSame?: (one: Value, other: Value) => boolean;
  /** Operators who inspect a key are not shown the value, and its keys are noted nowhere. */
  readonly isConfidential?: boolean;
}

/** Counters of one reader since the process started. */
export interface ReaderStats {
  hits: number;
  misses: number;
  loads: number;
  loadFailures: number;
  /** Loads that began in the background, ahead of the expiry. */
  refreshes: number;
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
    refreshes: 0,
    doomedLoads: 0,
    staleServed: 0,
    evictions: 0,
    invalidations: 0,
    loadMsTotal: 0,
  };
}
