import type { z } from 'zod';
import { httpErrors } from '../errors/http.errors.js';

export const MAX_CURSOR_LENGTH = 2048;

/** Writes and reads the opaque cursors of one list. */
export interface CursorCodec<Position> {
  encode(position: Position): string;
  /** Throws `http.invalid-cursor` for anything `encode` cannot have made. */
  decode(cursor: string): Position;
}

/**
 * Keyset cursors: where a page ended, as base64url JSON. Opaque by contract, but not secret and not signed: a
 * cursor says where to go on, never what may be seen.
 */
export function cursorCodec<Position>(schema: z.ZodType<Position>): CursorCodec<Position> {
  return {
    encode: (position) => Buffer.from(JSON.stringify(position)).toString('base64url'),
    decode: (cursor) => {
      const result = schema.safeParse(parse(cursor));
      if (!result.success) throw httpErrors.invalidCursor({ cause: result.error });
      return result.data;
    },
  };
}

function parse(cursor: string): unknown {
  if (cursor.length > MAX_CURSOR_LENGTH || !/^[A-Za-z0-9_-]+$/.test(cursor)) {
    throw httpErrors.invalidCursor();
  }
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch (cause) {
    throw httpErrors.invalidCursor({ cause });
  }
}
