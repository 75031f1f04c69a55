import { z } from 'zod';
import { cursorCodec, MAX_CURSOR_LENGTH } from './cursor.js';
import { queryLimit } from './query-integer.js';

/** What the query of every paged list takes; a list with filters spreads them: `z.strictObject({ ...pageFields, state })`. */
export const pageFields = {
  limit: queryLimit(100, 50),
  cursor: z.string().min(1).max(MAX_CURSOR_LENGTH).optional(),
};

export const pageQuery = z.strictObject(pageFields);
export type PageQuery = z.infer<typeof pageQuery>;

/** The answer of a paged list; without a next cursor it has ended. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** The schema of a {@link Page}. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/**
 * Reads one page. `list` gets where the page before ended (undefined for the first) and how many rows to read: one
 * more than the page shows, to know whether more follows. Throws `http.invalid-cursor`.
 */
export type PageReader<Ordered, Position> = <Row extends Ordered, Item>(
  query: PageQuery,
  list: (after: Position | undefined, limit: number) => Promise<readonly Row[]>,
  toItem: (row: Row) => Item,
) => Promise<Page<Item>>;

/** Pages of a list that is sorted by what `positionOf` takes from a row; `schema` checks it when it comes back. */
export function pagedBy<Ordered, Position>(
  schema: z.ZodType<Position>,
  positionOf: (row: Ordered) => Position,
): PageReader<Ordered, Position> {
  const cursors = cursorCodec(schema);
  return async ({ cursor, limit }, list, toItem) => {
    const rows = await list(cursor === undefined ? undefined : cursors.decode(cursor), limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(toItem),
      nextCursor: last === undefined ? null : cursors.encode(positionOf(last)),
    };
  };
}

/** Oldest first: ids are in the order of their making. */
export const pageById = pagedBy(z.uuid(), ({ id }: { readonly id: string }) => id);

/** Newest first, by the time of creation. */
export const pageByCreation = pagedBy(
  z.strictObject({ createdAt: z.int(), id: z.uuid() }),
  ({ createdAt, id }: { readonly createdAt: number; readonly id: string }) => ({ createdAt, id }),
);
