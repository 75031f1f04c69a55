import { z } from 'zod';

/** The query of a list that is paged by a keyset cursor. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().min(1).max(2048).optional(),
};

export const pageQuery = z.strictObject(pageFields);
export type PageQuery = z.infer<typeof pageQuery>;

/** The answer of such a list; without a next cursor it has ended. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const idParams = z.strictObject({ id: z.uuid() });
export type IdParams = z.infer<typeof idParams>;
