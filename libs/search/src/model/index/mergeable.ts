import type { LiveSegment } from './live-segment.js';

/** A segment goes into the one after it while it is at most so many times as large. */
const MERGE_RATIO = 3;

/** What is to be merged: the last segments, as long as each is not much larger than all behind it; or a hollow one alone. */
export function mergeable(segments: readonly LiveSegment[]): readonly LiveSegment[] {
  let first = segments.length - 1;
  let size = segments[first]?.size ?? 0;
  while (first > 0 && (segments[first - 1]?.size ?? 0) <= size * MERGE_RATIO) {
    first -= 1;
    size += segments[first]?.size ?? 0;
  }
  if (first < segments.length - 1) return segments.slice(first);
  const hollow = segments.find(({ size: alive, alive: { length } }) => alive * 2 < length);
  return hollow === undefined ? [] : [hollow];
}
