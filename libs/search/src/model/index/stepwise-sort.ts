/** Sorted at once: about a millisecond. */
const CHUNK = 2_048;
const MERGED_PER_STEP = 8_192;

type Compare = (one: number, other: number) => number;

/**
 * The numbers in ascending order, in steps of a few milliseconds; equal ones stay in their order. What is in order already,
 * or consists of few ascending runs, takes a look at each and little more.
 */
export function* sorted(numbers: Uint32Array, compare: Compare): Generator<undefined, Uint32Array> {
  let from = numbers.slice();
  for (let start = 0; start < from.length; start += CHUNK) {
    // An array is sorted by its runs, a typed one is not.
    const chunk = Array.from(from.subarray(start, start + CHUNK));
    from.set(chunk.sort(compare), start);
    yield;
  }
  let to = new Uint32Array(from.length);
  for (let width = CHUNK; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      yield* merge(from, to, start, width, compare);
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Two neighbours of a width, each in order, become one. */
function* merge(
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  width: number,
  compare: Compare,
): Generator<undefined, void> {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  let one = start;
  let other = middle;
  const isInOrder =
    middle === end || compare(from[middle - 1] as number, from[middle] as number) <= 0;
  let place = start;
  while (!isInOrder && one < middle && other < end) {
    if ((place - start) % MERGED_PER_STEP === 0) yield;
    const isFirst = compare(from[one] as number, from[other] as number) <= 0;
    to[place] = from[isFirst ? one++ : other++] as number;
    place += 1;
  }
  to.set(from.subarray(one, middle), place);
  to.set(from.subarray(other, end), place + middle - one);
  yield;
}
