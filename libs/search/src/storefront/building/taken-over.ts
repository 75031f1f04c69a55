import { putTogether } from '../../model/file/segment-parts.js';
import type { FrozenSegment } from '../../model/index/live-segment.js';
import { searchErrors } from '../../model/search.errors.js';
import type { IndexTiming } from '../following/index-timing.js';
import { runStepwise } from '../following/run-stepwise.js';
import type { BuildReply } from './build-protocol.js';

/** The segments that a thread has made, in this one. Throws `search.index-not-ready` when there are none. */
export async function takenOver(reply: BuildReply, timing: IndexTiming): Promise<FrozenSegment[]> {
  if (typeof reply === 'number') {
    throw searchErrors.indexNotReady({ message: 'a thread has made no index' });
  }
  const segments: FrozenSegment[] = [];
  for (const { head, buffer } of reply) {
    segments.push(await runStepwise(putTogether(head, buffer), timing));
  }
  return segments;
}
