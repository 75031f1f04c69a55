import { z } from 'zod';
import { plainText } from '#libs/http';

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

export const idParams = z.strictObject({ id: z.uuid() });
export type IdParams = z.infer<typeof idParams>;

export const pageFields = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().min(1).max(2048).optional(),
};

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** What every stored thing carries; `version` is what `If-Match` names. */
export const recordFields = {
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Cuts rows, read one more than a page takes, into the page and the cursor behind it. */
export function pageOfRows<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(toItem), nextCursor: last === undefined ? null : cursorOf(last) };
}

interface Recorded {
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The record fields as they are answered. */
export function recordOf({ version, createdAt, updatedAt }: Recorded) {
  return {
    version,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}
