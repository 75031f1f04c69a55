import { z } from 'zod';

/**
 * A query parameter that may be given several times (`?a=1&a=2`, which OpenAPI calls style form, exploded): always
 * read as a list, of at most `max` values. Only a list is documented, so that every generated client repeats it.
 */
export function repeatable<Value extends z.ZodType>(value: Value, max: number) {
  return z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(value).max(max),
  );
}
