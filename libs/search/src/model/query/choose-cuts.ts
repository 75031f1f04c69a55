/** A number of few digits between two values that follow each other. */
interface Cut {
  readonly at: number;
  /** The number is a whole multiple of it: the larger, the rounder. */
  readonly step: number;
  /** How far the share below it is from an even one, in ranges. */
  readonly distance: number;
}

/** How many of something have a value. */
export interface Valued {
  readonly value: number;
  readonly count: number;
}

/** Ranges of one facet: no more than a shopper looks through. */
export const MAX_RANGES = 6;

/** Within so much of an even share a rounder number is worth more than a more even one. */
const CLOSE = 0.25;
/** What is further from each even share belongs to none of them. */
const FAR = 0.5;
/** Multiples of a power of ten that people take for round, the roundest first. */
const ROUND: readonly number[] = [5, 2, 1];

/**
 * Where whole numbers are cut into at most `most` ranges: about the same number in each, between round numbers. A cut is the
 * first number of the range above it. Nothing counts but what is given, ascending and each value once: whoever asks gets the same.
 */
export function chooseCuts(values: readonly Valued[], most: number): number[] {
  let total = 0;
  for (const { count } of values) total += count;
  const chosen = new Map<number, Cut>();
  let middle = 0;
  let middleDistance = Infinity;
  let below = 0;
  for (let index = 1; index < values.length; index += 1) {
    const before = values[index - 1] as Valued;
    below += before.count;
    const place = (below * most) / total;
    const fromMiddle = Math.abs(place - most / 2);
    if (fromMiddle < middleDistance) [middle, middleDistance] = [index, fromMiddle];
    const nearest = Math.min(most - 1, Math.max(1, Math.round(place)));
    const distance = Math.abs(place - nearest);
    const known = chosen.get(nearest);
    if (distance > FAR || (known !== undefined && distance > Math.max(CLOSE, known.distance))) {
      continue;
    }
    const cut = { ...roundest(before.value, (values[index] as Valued).value), distance };
    if (known === undefined || isBetter(cut, known)) chosen.set(nearest, cut);
  }
  if (chosen.size > 0) {
    return [...chosen.values()].map(({ at }) => at).sort((one, other) => one - other);
  }
  // Where nearly all have one value, the others are still told from them.
  const [low, high] = [values[middle - 1], values[middle]];
  return low === undefined || high === undefined ? [] : [roundest(low.value, high.value).at];
}

/** The place of the range that a value is in. */
export function placeAmong(cuts: readonly number[], value: number): number {
  let place = 0;
  while (place < cuts.length && value >= (cuts[place] as number)) place += 1;
  return place;
}

function isBetter(cut: Cut, other: Cut): boolean {
  const isClose = cut.distance <= CLOSE;
  if (isClose !== other.distance <= CLOSE) return isClose;
  if (isClose && cut.step !== other.step) return cut.step > other.step;
  return cut.distance < other.distance;
}

/** Of the numbers above `low` up to `high` the multiple of the largest step; steps are 1, 2 and 5 with noughts. */
export function roundest(low: number, high: number): Pick<Cut, 'at' | 'step'> {
  if (low < 0 && high >= 0) return { at: 0, step: Infinity };
  const largest = Math.max(Math.abs(low), Math.abs(high));
  for (let unit = 10 ** Math.floor(Math.log10(largest) + 1); unit >= 1; unit /= 10) {
    for (const multiple of ROUND) {
      const step = multiple * unit;
      // Not -0.
      const at = Math.floor(high / step) * step + 0;
      if (at > low) return { at, step };
    }
  }
  return { at: high, step: 1 };
}
