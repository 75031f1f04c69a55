import { cursorCodec, type CursorCodec } from '#libs/http';
import { z } from 'zod';
import type { PageQuery } from './page.schemas.js';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const idCursor: CursorCodec<string> = cursorCodec(z.uuid());

/** A page of a list that is sorted by id, read one longer than asked for to know whether more follows. */
export async function pageById<Row extends { readonly id: string }, Item>(
  { cursor, limit }: PageQuery,
  list: (afterId: string, limit: number) => Promise<readonly Row[]>,
  toItem: (row: Row) => Item,
): Promise<Page<Item>> {
  const rows = await list(cursor === undefined ? '' : idCursor.decode(cursor), limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(toItem),
    nextCursor: last === undefined ? null : idCursor.encode(last.id),
  };
}

export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

export function isoTimeOrNull(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : isoTime(epochMs);
}
