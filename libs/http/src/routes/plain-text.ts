import { z } from 'zod';
import { unsafeText } from '#libs/kernel';

/**
 * The schema of a name, a code or a value that people compare by eye: trimmed, `min` to `max`
 * characters, without what cannot be seen or stored (see `unsafeText`).
 */
export function plainText(max: number, min = 1) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((text) => unsafeText(text) === undefined, {
      error: ({ input }) => `Holds ${unsafeText(String(input)) ?? 'what cannot be stored'}`,
    });
}
