import { copied } from '../index/in-steps.js';
import type { FrozenSegment } from '../index/live-segment.js';
import { bytesOfParts, paddedLength } from './parts.js';
import { takeApart, type SegmentHead } from './segment-parts.js';

/** A segment whose arrays lie in one buffer, as `putTogether` reads it: what a thread hands over to another without copying. */
export interface PackedSegment {
  readonly head: SegmentHead;
  readonly buffer: ArrayBuffer;
}

/** Copies a segment, in short steps. */
export function* packSegment(frozen: FrozenSegment): Generator<undefined, PackedSegment> {
  const { head, arrays } = yield* takeApart(frozen);
  const buffer = new ArrayBuffer(bytesOfParts(head.parts));
  let start = 0;
  for (const { buffer: from, byteOffset, byteLength } of arrays) {
    yield* copied(
      new Uint8Array(from, byteOffset, byteLength),
      new Uint8Array(buffer, start, byteLength),
    );
    start += paddedLength(byteLength);
  }
  return { head, buffer };
}
