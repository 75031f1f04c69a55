import type { PendingMerge } from '../../model/index/pending-merge.js';
import type { Segment } from '../../model/index/segment.js';
import type { StoreIndex } from '../../model/index/store-index.js';

/** Makes one segment of several, so that requests have their turn meanwhile. */
export interface SegmentMerger {
  /** What `mergeSegments` makes of the sources. Throws the reason of the signal. */
  merged(merge: PendingMerge, signal: AbortSignal): Promise<Segment>;
}

/** Merges segments of an index, if there is something to merge. */
export async function mergeIn(
  index: StoreIndex,
  merge: PendingMerge | undefined,
  { merger, signal }: { readonly merger: SegmentMerger; readonly signal: AbortSignal },
): Promise<void> {
  if (merge !== undefined) index.finishMerge(merge, await merger.merged(merge, signal));
}
