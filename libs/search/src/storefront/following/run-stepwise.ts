import { setImmediate } from 'node:timers/promises';
import type { Stepwise } from '../../model/index/store-index.js';

const SLICE_MS = 3;

/** Does stepwise work a few milliseconds at a time; requests have their turn in between. */
export async function runStepwise<Result>(work: Stepwise<Result>): Promise<Result> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < SLICE_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}
