import { mergeSegments } from '../../model/index/merge-segments.js';
import type { PendingMerge } from '../../model/index/pending-merge.js';
import type { Segment } from '../../model/index/segment.js';
import { systemTiming, type IndexTiming } from '../following/index-timing.js';
import { runStepwise } from '../following/run-stepwise.js';
import type { SegmentMerger } from './segment-merger.js';

/** Merges in this thread, a few milliseconds at a time. */
export class StepwiseMerger implements SegmentMerger {
  constructor(private readonly timing: IndexTiming = systemTiming) {}

  merged({ sources, languages }: PendingMerge, signal: AbortSignal): Promise<Segment> {
    return runStepwise(mergeSegments(sources, languages), this.timing, signal);
  }
}
