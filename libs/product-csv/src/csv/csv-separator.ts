const COMMA = 44;
const SEPARATORS: readonly number[] = [COMMA, 59, 9];
const QUOTE = 34;
const LF = 10;
const CR = 13;
const SPACE = 32;

/**
 * The byte between the cells of a CSV, told by its first line that is not empty: of comma, semicolon
 * and tab the one that stands there most often outside quotes, the comma when none does. Undefined
 * when the line does not end in `bytes`; the first `maxBytes` decide in any case.
 */
export function findSeparator(bytes: Uint8Array, maxBytes: number): number | undefined {
  const counts = new Map(SEPARATORS.map((separator) => [separator, 0]));
  let isQuoted = false;
  let isEmpty = true;
  for (let index = 0; index < Math.min(bytes.length, maxBytes); index += 1) {
    const byte = bytes[index] as number;
    if (byte === QUOTE) isQuoted = !isQuoted;
    if (!isQuoted && (byte === LF || byte === CR)) {
      if (!isEmpty) return mostFrequent(counts);
      continue;
    }
    if (byte !== SPACE) isEmpty = false;
    const count = counts.get(byte);
    if (count !== undefined && !isQuoted) counts.set(byte, count + 1);
  }
  return bytes.length >= maxBytes ? mostFrequent(counts) : undefined;
}

function mostFrequent(counts: ReadonlyMap<number, number>): number {
  return [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0] ?? COMMA;
}
