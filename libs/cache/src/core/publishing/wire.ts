/** Changes when the meaning of a message changes; a replica clears everything on a version it does not know. */
export const WIRE_VERSION = 2;

export interface Invalidation {
  /** Position in the invalidation log. */
  readonly position: number;
  readonly tags: readonly string[];
  /** As the row of the log has it, in epoch milliseconds: not known before the commit. */
  readonly committedAt: number;
}

export interface InvalidationMessage {
  readonly origin: string;
  readonly invalidations: readonly Invalidation[];
  /** Some invalidations were left out: follow the log. */
  readonly isIncomplete: boolean;
}

interface RawMessage {
  readonly o?: unknown;
  readonly i?: unknown;
  readonly x?: unknown;
}

/** How every message of this origin begins: its own echo is known by that, without decoding it. */
export function messageStart(origin: string): string {
  return `{"o":${JSON.stringify(origin)},`;
}

export function encodeMessage({
  origin,
  invalidations,
  isIncomplete,
}: InvalidationMessage): string {
  return JSON.stringify({
    o: origin,
    i: invalidations.map(({ position, committedAt, tags }) => [position, committedAt, tags]),
    ...(isIncomplete ? { x: 1 } : {}),
  });
}

/** undefined when the text is not a message of this version: then it is not known what was missed. */
export function decodeMessage(text: string): InvalidationMessage | undefined {
  let raw: RawMessage | null;
  try {
    raw = JSON.parse(text) as RawMessage | null;
  } catch {
    return undefined; // Not JSON: no message of this version.
  }
  if (typeof raw?.o !== 'string' || !Array.isArray(raw.i)) return undefined;
  const invalidations: Invalidation[] = [];
  for (const each of raw.i as unknown[]) {
    if (!isInvalidation(each)) return undefined;
    const [position, committedAt, tags] = each;
    invalidations.push({ position, committedAt, tags });
  }
  return { origin: raw.o, invalidations, isIncomplete: raw.x === 1 };
}

/** By hand: a schema takes several times as long, and a storm has a hundred thousand of these. */
function isInvalidation(each: unknown): each is [number, number, string[]] {
  if (!Array.isArray(each) || each.length !== 3) return false;
  const [position, committedAt, tags] = each as unknown[];
  return (
    Number.isSafeInteger(position) &&
    (position as number) > 0 &&
    Number.isSafeInteger(committedAt) &&
    Array.isArray(tags) &&
    tags.every((tag) => typeof tag === 'string')
  );
}
