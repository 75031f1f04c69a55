import { z } from 'zod';

/**
 * A whole number in a query, written in digits and in no other way: nothing at all is not 0, and what was given twice is
 * none. Documented as an integer. One that has a default is a {@link queryLimit}: zod leaves defaults of what it
 * preprocesses out of the document.
 */
export function queryInteger(min: number, max: number) {
  return z.preprocess(
    (given) => (typeof given === 'string' && /^-?\d+$/.test(given) ? Number(given) : given),
    z.int(expected(min, max)).min(min).max(max),
  );
}

/** How many are listed, at most. */
export function queryLimit(max: number, byDefault: number) {
  return z.coerce.number(expected(1, max)).int().min(1).max(max).default(byDefault);
}

function expected(min: number, max: number): string {
  return `Expected a whole number from ${min} to ${max}`;
}
