/** What V8 keeps on a 64-bit machine; compared with the heap by `byte-accounting.int-spec.ts`. */
const WORD = 8;
const OBJECT_BYTES = 3 * WORD;
const ARRAY_BYTES = 6 * WORD;
const STRING_BYTES = 2 * WORD;
const DOUBLE_BYTES = 2 * WORD;
const BUFFER_BYTES = 240;
/** The slot of a map or set, with the free ones beside it. */
const MAP_SLOT_BYTES = 50;
const ENTRY_BYTES = OBJECT_BYTES + 11 * WORD + MAP_SLOT_BYTES;
const TAG_BYTES = WORD + MAP_SLOT_BYTES;
const WIDE = /[\u0100-\uffff]/;
/** Larger whole numbers are kept as doubles. */
const SMALL_NUMBER = 2 ** 31;

/** A value that knows how much memory it holds, and may come to hold more while it is kept. */
export interface Weighed {
  /** Estimated, with everything that is not seen from outside. */
  readonly heldBytes: number;
}

/** Memory that an entry holds, with its place in the store and under its tags. */
export function estimateEntryBytes(key: string, value: unknown, tags: readonly string[]): number {
  let bytes = ENTRY_BYTES + stringBytes(key) + estimateBytes(value);
  for (const tag of tags) bytes += TAG_BYTES + stringBytes(tag);
  return bytes;
}

/**
 * Memory that a plain value holds, estimated, cheap to compute once per store. What two values share is
 * counted for both. A buffer counts with what it shows, not with what it was cut from.
 */
function estimateBytes(value: unknown): number {
  let bytes = 0;
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const current = pending.pop();
    if (typeof current === 'string') bytes += stringBytes(current);
    else if (typeof current === 'number') bytes += isSmall(current) ? 0 : DOUBLE_BYTES;
    else if (typeof current !== 'object' || current === null) continue;
    else if (isWeighed(current)) bytes += OBJECT_BYTES + current.heldBytes;
    else if (Buffer.isBuffer(current)) bytes += BUFFER_BYTES + current.byteLength;
    else {
      const inner: readonly unknown[] = Array.isArray(current) ? current : Object.values(current);
      bytes += (Array.isArray(current) ? ARRAY_BYTES : OBJECT_BYTES) + inner.length * WORD;
      for (const item of inner) pending.push(item);
    }
  }
  return bytes;
}

function stringBytes(text: string): number {
  const content = text.length * (WIDE.test(text) ? 2 : 1);
  return STRING_BYTES + Math.ceil(content / WORD) * WORD;
}

function isSmall(number: number): boolean {
  return Number.isInteger(number) && Math.abs(number) < SMALL_NUMBER;
}

function isWeighed(value: object): value is Weighed {
  return 'heldBytes' in value && typeof value.heldBytes === 'number';
}
