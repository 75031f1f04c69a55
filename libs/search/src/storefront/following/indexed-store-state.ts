import type { FrozenSegment } from '../../model/index/live-segment.js';
import type { SourceStore } from './index-source.js';

/** How an index is doing, for metrics. */
export interface IndexedStoreState {
  readonly products: number;
  readonly bytes: number;
  readonly segments: number;
  /** Products whose change is not in it yet. */
  readonly marked: number;
  /** How long something has been known that is not in it. */
  readonly behindMs: number;
  /** What the last load of the whole store took; undefined before the first. */
  readonly loadMs: number | undefined;
}

/** An index as it was at a moment, with what it depends on of its store. */
export interface FrozenStore {
  readonly store: SourceStore;
  readonly segments: readonly FrozenSegment[];
}
