import { z } from 'zod';

/**
 * A whole number in a query, written in digits and in no other way: nothing at all is not 0, and what was given twice is
 * none. Documented as an integer.
 */
export function queryInteger(min: number, max: number) {
  return z.preprocess(ofDigits, wholeNumber(min, max));
}

/** How many are listed, at most. */
export function queryLimit(max: number, byDefault: number) {
  // Inside, because zod leaves the default of what it preprocesses out of the document.
  return z.preprocess(ofDigits, wholeNumber(1, max).default(byDefault));
}

function wholeNumber(min: number, max: number) {
  return z.int(`Expected a whole number from ${min} to ${max}`).min(min).max(max);
}

function ofDigits(given: unknown): unknown {
  return typeof given === 'string' && /^-?\d+$/.test(given) ? Number(given) : given;
}
