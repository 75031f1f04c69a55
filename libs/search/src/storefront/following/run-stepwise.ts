import type { Stepwise } from '../../model/index/store-index.js';
import { systemTiming, type IndexTiming } from './index-timing.js';

const SLICE_MS = 3;

/** Does stepwise work a few milliseconds at a time; requests have their turn in between. Throws the reason of the signal. */
export async function runStepwise<Result>(
  work: Stepwise<Result>,
  timing: IndexTiming = systemTiming,
  signal?: AbortSignal,
): Promise<Result> {
  let began = timing.nowMs();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (timing.nowMs() - began < SLICE_MS) continue;
    await timing.breathe();
    signal?.throwIfAborted();
    began = timing.nowMs();
  }
}
