import { z } from 'zod';
import { isoTime, plainText } from '#libs/http';

export const storeCode = plainText(60);
export const locale = z.string().min(2).max(20);
export const currency = z.string().regex(/^[A-Z]{3}$/, 'ISO 4217, upper case');
export const slug = z
  .string()
  .max(200)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Lower-case letters, digits and dashes');

/** An id counts only within the store that is named beside it. */
export const storeScope = z.strictObject({ store: storeCode });
export type StoreScope = z.infer<typeof storeScope>;

/** What every stored thing carries; `version` is what `If-Match` names. */
export const recordFields = {
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

interface Recorded {
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The record fields as they are answered. */
export function recordOf({ version, createdAt, updatedAt }: Recorded) {
  return {
    version,
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
  };
}
