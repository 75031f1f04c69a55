const EXACT = 10;
const BINS_OF_A_DIGIT = 90;
/** `Number.MAX_SAFE_INTEGER` has as many. */
const MAX_DIGITS = 16;

/** Every price is in one of so many bins, which are the same in every segment and on every replica. */
export const PRICE_BINS = EXACT + BINS_OF_A_DIGIT * (MAX_DIGITS - 1);

/** The bin of a price in minor units: prices whose first two digits, and number of digits, are the same share one. */
export function binOf(priceMinor: number): number {
  if (priceMinor < EXACT) return Math.max(0, priceMinor);
  let bin = EXACT;
  let first = priceMinor;
  // Dividing a whole number and rounding down leaves its first digits as they are written.
  for (; first >= 100; first = Math.floor(first / 10)) bin += BINS_OF_A_DIGIT;
  return bin + first - 10;
}

/** The lowest price of each bin: its first two digits, followed by noughts. */
const lowest: Readonly<Float64Array> = Float64Array.from({ length: PRICE_BINS }, (_, bin) => {
  if (bin < EXACT) return bin;
  const place = bin - EXACT;
  return (10 + (place % BINS_OF_A_DIGIT)) * 10 ** Math.floor(place / BINS_OF_A_DIGIT);
});

/** The lowest price of a bin. */
export function lowestOf(bin: number): number {
  return lowest[bin] as number;
}
