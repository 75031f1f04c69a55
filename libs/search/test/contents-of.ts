import { takeApart, type SegmentParts } from '../src/model/file/segment-parts.js';
import type { FrozenSegment } from '../src/model/index/live-segment.js';
import { finish } from './indexed-products.js';

/** Everything that a file would have of segments. */
export function contentsOf(segments: readonly FrozenSegment[] = []): SegmentParts[] {
  return segments.map((segment) => finish(takeApart(segment)));
}
