/** Rows that are looked at in one step: well below a millisecond for most. */
export const ROWS_PER_STEP = 1_000;
const COPIED_PER_STEP = 131_072;

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Visits the numbers from 0 to before `count`, a thousand in a step. */
export function* inSteps(
  count: number,
  visit: (index: number) => void,
  perStep = ROWS_PER_STEP,
): Generator<undefined, void> {
  for (let start = 0; start < count; start += perStep) {
    const end = Math.min(count, start + perStep);
    for (let index = start; index < end; index += 1) visit(index);
    yield;
  }
}

/** The array with a value in each place. */
export function* filled<Kind extends Numbers>(
  array: Kind,
  valueAt: (index: number) => number,
): Generator<undefined, Kind> {
  yield* inSteps(array.length, (index) => {
    array[index] = valueAt(index);
  });
  return array;
}

/** Copies an array into the beginning of another one of its kind. */
export function* copied<Kind extends Numbers>(from: Kind, to: Kind): Generator<undefined, Kind> {
  for (let start = 0; start < from.length; start += COPIED_PER_STEP) {
    to.set(from.subarray(start, start + COPIED_PER_STEP), start);
    yield;
  }
  return to;
}

/** Does all steps at once, where nothing else has to be done in between. */
export function atOnce<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
