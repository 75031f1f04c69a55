import { mergeSegments } from '../src/model/index/merge-segments.js';
import type { PendingMerge } from '../src/model/index/pending-merge.js';
import type { StoreIndex } from '../src/model/index/store-index.js';

/** Merges what has become small or hollow, in steps. */
export function tidied(index: StoreIndex): Generator<undefined, void> {
  return merged(index, index.dueMerge());
}

/** Merges all segments, in steps. */
export function compacted(index: StoreIndex): Generator<undefined, void> {
  return merged(index, index.wholeMerge());
}

function* merged(index: StoreIndex, merge: PendingMerge | undefined): Generator<undefined, void> {
  if (merge === undefined) return;
  index.finishMerge(merge, yield* mergeSegments(merge.sources, merge.languages));
}
