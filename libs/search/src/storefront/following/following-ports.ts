import type { CoherentCache, Follower } from '#libs/cache';
import type { Logger } from '#libs/observability';
import { buildingBeside } from '../building/building-beside.js';
import type { BeginBuilding } from '../building/index-building.js';
import type { SegmentMerger } from '../merging/segment-merger.js';
import { loadingBeside, type LoadBeside } from '../loading/loading-beside.js';
import { boundedSource } from './bounded-source.js';
import type { CatalogIndexSource } from './catalog-index-source.js';
import type { IndexSource, SourceStore } from './index-source.js';
import { systemTiming, type IndexTiming } from './index-timing.js';
import type { LoadedStore } from './load-store.js';

/** How long a search waits for what it has to see. */
export const WAIT_MS = 5_000;
const FAILURE_PAUSE_MS = 500;

/** The index that an earlier process has left of a store, with what has changed since; undefined when there is none. */
export type Revive = (code: string, store: SourceStore) => Promise<LoadedStore | undefined>;

/** What an indexed store is told by and bounded by. */
export interface FollowingPorts {
  readonly source: IndexSource;
  /** Undefined when every store is loaded as a whole. */
  readonly revive?: Revive | undefined;
  /** How the index of many products is made; default: between requests. */
  readonly build?: BeginBuilding;
  /** How many products are read where that can be done on other threads; undefined: nowhere. */
  readonly loadBeside?: LoadBeside;
  readonly merger: SegmentMerger;
  /** When it resolves, what was committed before the call was applied here, and so marked. */
  readonly follow: () => Promise<void>;
  /** Counts what is applied here (`CoherentCache.sequence`). */
  readonly sequence: () => number;
  readonly timing: IndexTiming;
  readonly reportFailure: (error: unknown) => void;
  /** Ends the load of a whole store, for shutting down. */
  readonly signal: AbortSignal;
  /** How long a search waits for what it has to see. */
  readonly waitMs: number;
  /** After a failure nothing is loaded sooner. */
  readonly failurePauseMs: number;
}

interface Followed {
  readonly source: CatalogIndexSource;
  readonly cache: CoherentCache;
  readonly follower: Follower;
  readonly logger: Logger;
  /** Ends what is under way when the replica stops. */
  readonly signal: AbortSignal;
  readonly revive?: Revive | undefined;
  readonly merger: SegmentMerger;
}

/** What the index of each store is told by in a replica. */
export function followingPorts({
  source,
  cache,
  follower,
  logger,
  signal,
  revive,
  merger,
}: Followed): (code: string) => FollowingPorts {
  const bounded = boundedSource(source);
  const build = buildingBeside();
  const loadBeside = loadingBeside(source);
  return (code) => ({
    source: bounded,
    revive,
    build,
    loadBeside,
    merger,
    signal,
    follow: () => follower.followNow(),
    sequence: () => cache.sequence,
    timing: systemTiming,
    waitMs: WAIT_MS,
    failurePauseMs: FAILURE_PAUSE_MS,
    reportFailure: (err) => {
      if (!signal.aborted) logger.warn({ err, store: code }, 'an index cannot be loaded');
    },
  });
}
