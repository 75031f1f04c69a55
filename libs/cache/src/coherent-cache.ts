import { Injectable } from '@nestjs/common';
import { cacheErrors } from './cache.errors.js';
import { ByteBudget } from './core/entries/byte-budget.js';
import { CachedReader } from './core/reading/cached-reader.js';
import { EVERYTHING, type AppliedListener } from './core/following/coherence.js';
import { LoadSlots } from './core/loads/load-slots.js';
import type { ReaderEnvironment } from './core/reading/reader-environment.js';
import type { ReaderPolicy, ReaderStats } from './core/reading/reader-policy.js';
import type { RegionUpkeep } from './core/reading/reader-upkeep.js';
import { WholeReads, type WholeStats } from './core/reading/whole-reads.js';
import type { SampledEntry } from './core/entries/sampled-entry.js';
import type { Inspection } from './inspection/entry-report.js';
import { inspectEntry } from './inspection/inspect-entry.js';
import type { KeyCodec } from './key-codec.js';
import { RecordBudget } from './records/record-budget.js';
import { RecordMemory, type RecordEnvironment } from './records/record-memory.js';
import type { RecordPolicy } from './records/record-policy.js';

const DEFAULT_MAX_LOADS = 64;
const LOAD_WAIT_MS = 2_000;

export interface CoherentCacheOptions extends Omit<
  ReaderEnvironment,
  'budget' | 'slots' | 'isNotingUses'
> {
  /** For all readers together, estimated. */
  readonly maxBytes: number;
  /** Loads that run at once, of all readers together. Default: 64. */
  readonly maxLoads?: number;
  /** Default: true. */
  readonly isNotingUses?: boolean;
  /** For all records together. Default: 0, none are held. */
  readonly maxRecordBytes?: number;
  /** Records of this name could not be read; they are tried again. */
  readonly onRecordsFailed?: RecordEnvironment['reportFailure'];
}

/** How a memory of records is doing. */
export interface RecordState {
  readonly name: string;
  readonly records: number;
  readonly bytes: number;
  /** To be read. */
  readonly missing: number;
  /** Since the process started: not held because the budget was used up. */
  readonly leftOut: number;
  /** Since the process started: answered from memory. */
  readonly finds: number;
}

export interface ReaderState extends ReaderStats {
  readonly name: string;
  readonly entries: number;
  /** Of these, what is known not to exist. */
  readonly negativeEntries: number;
  readonly bytes: number;
}

/**
 * How one kind of value is cached, as libraries declare it. The codec leads from the text of a key back
 * to the key; a reader without that way does not compile.
 */
export interface DeclaredReader<Key, Value> extends Omit<
  ReaderPolicy<Key, Value>,
  'key' | 'keyOf'
> {
  readonly key: KeyCodec<Key>;
}

/** A reader for those who do not know what its keys and values are. */
type AnyReader = Pick<
  CachedReader<unknown, unknown>,
  'name' | 'stats' | 'size' | 'negativeSize' | 'bytes' | 'isConfidential' | 'inspectText'
>;

/** Records for those who do not know what they are. */
type CountedRecords = Pick<
  RecordMemory<unknown>,
  'name' | 'size' | 'bytes' | 'missing' | 'leftOut' | 'finds'
>;

/** The cached readers of this replica. Domain libraries ask it for a reader, once, when they start. */
@Injectable()
export class CoherentCache {
  private readonly readers = new Map<string, AnyReader>();
  private readonly upkeepByRegion = new Map<string, RegionUpkeep>();
  private readonly recordMemories: CountedRecords[] = [];

  private readonly environment: ReaderEnvironment;
  private readonly recordEnvironment: RecordEnvironment;
  private readonly wholeReads: WholeReads;

  constructor(options: CoherentCacheOptions) {
    const { maxBytes, maxLoads = DEFAULT_MAX_LOADS, isNotingUses = true } = options;
    const limits = { maxRunning: maxLoads, waitMs: LOAD_WAIT_MS };
    this.environment = {
      ...options,
      budget: new ByteBudget(maxBytes),
      slots: new LoadSlots(limits, options),
      isNotingUses,
    };
    this.wholeReads = new WholeReads(this.environment);
    this.recordEnvironment = {
      ...this.environment,
      budget: new RecordBudget(options.maxRecordBytes ?? 0),
      reportFailure: options.onRecordsFailed ?? (() => undefined),
    };
  }

  /** Counts the invalidations applied here. */
  get sequence(): number {
    return this.environment.coherence.sequence;
  }

  /**
   * An answer whose parts are all of one state of the database: no transaction is in one of them and not
   * in another. See {@link WholeReads.read}.
   */
  whole<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    return this.wholeReads.read(work);
  }

  get wholeStats(): Readonly<WholeStats> {
    return this.wholeReads.stats;
  }

  /** Declares how one kind of value is read through the cache. Throws when the name is taken. */
  reader<Key, Value>(declared: DeclaredReader<Key, Value>): CachedReader<Key, Value> {
    const { textOf: key, keyOf } = declared.key;
    const policy: ReaderPolicy<Key, Value> = { ...declared, key, keyOf };
    if (this.readers.has(policy.name)) {
      throw cacheErrors.readerExists({ message: `a reader "${policy.name}" exists already` });
    }
    const reader = new CachedReader<Key, Value>(policy, this.environment);
    this.readers.set(policy.name, reader);
    this.upkeepByRegion.set(policy.name, reader.upkeep);
    return reader;
  }

  /** Declares records that this replica may hold whole, for loaders to look into; nothing is held before they are started. */
  records<Value>(policy: RecordPolicy<Value>): RecordMemory<Value> {
    const memory = new RecordMemory(policy, this.recordEnvironment);
    this.recordMemories.push(memory);
    this.listen(memory);
    return memory;
  }

  /** Tells of every invalidation that is applied here, in the step that applies it. */
  listen(listener: AppliedListener): void {
    this.environment.coherence.listen(listener);
  }

  /** What can be done with the values of each region while nobody asks for them. */
  get upkeeps(): ReadonlyMap<string, RegionUpkeep> {
    return this.upkeepByRegion;
  }

  /** Another load would not have to wait. */
  get hasRoomForLoads(): boolean {
    return this.environment.slots.hasRoom;
  }

  /** One of the entries that can be got back from the database, each equally often in the long run. */
  sampleEntry(): SampledEntry | undefined {
    const upkeeps = [...this.upkeeps.values()];
    const total = upkeeps.reduce((sum, { sampleSize }) => sum + sampleSize, 0);
    let place = this.environment.random() * total;
    for (const upkeep of upkeeps) {
      if (place < upkeep.sampleSize) return upkeep.sample();
      place -= upkeep.sampleSize;
    }
    return undefined;
  }

  /** A place among the loads, given back by the returned function; undefined when there is no room. */
  tryEnterLoads(): (() => void) | undefined {
    return this.environment.slots.tryEnter();
  }

  loadsUnderWay(): { readonly running: number; readonly waiting: number } {
    const { running, waiting } = this.environment.slots;
    return { running, waiting };
  }

  /** What a region of this replica holds under the text of a key. */
  inspect(region: string, key: string): Inspection {
    const reader = this.readers.get(region);
    if (reader === undefined) return { isRegionKnown: false };
    const entry = inspectEntry(reader, key);
    return entry === undefined ? { isRegionKnown: true } : { isRegionKnown: true, entry };
  }

  /** Drops everything on this replica only; other replicas keep what they hold. */
  clearLocal(): void {
    this.environment.coherence.apply([EVERYTHING]);
  }

  readerStates(): ReaderState[] {
    return [...this.readers.values()].map((reader) => ({
      name: reader.name,
      entries: reader.size,
      negativeEntries: reader.negativeSize,
      bytes: reader.bytes,
      ...reader.stats,
    }));
  }

  recordStates(): RecordState[] {
    return this.recordMemories.map(({ name, size: records, bytes, missing, leftOut, finds }) => {
      return { name, records, bytes, missing, leftOut, finds };
    });
  }
}
