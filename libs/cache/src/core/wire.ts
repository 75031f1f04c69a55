import { z } from 'zod';

/** Changes when the meaning of a message changes; a replica clears everything on a version it does not know. */
const WIRE_VERSION = 1;

export interface Invalidation {
  /** Position in the invalidation log. */
  readonly position: number;
  readonly tags: readonly string[];
}

export interface InvalidationMessage {
  readonly origin: string;
  readonly invalidations: readonly Invalidation[];
  /** Some invalidations were left out: follow the log. */
  readonly isIncomplete: boolean;
}

const messageSchema = z.object({
  v: z.literal(WIRE_VERSION),
  o: z.string(),
  i: z.array(z.tuple([z.int().positive(), z.array(z.string())])),
  x: z.literal(1).optional(),
});

/** How every message of this origin begins: its own echo is known by that, without decoding it. */
export function messageStart(origin: string): string {
  return `{"v":${WIRE_VERSION},"o":${JSON.stringify(origin)},`;
}

export function encodeMessage(message: InvalidationMessage): string {
  return JSON.stringify({
    v: WIRE_VERSION,
    o: message.origin,
    i: message.invalidations.map(({ position, tags }) => [position, tags]),
    ...(message.isIncomplete ? { x: 1 } : {}),
  });
}

/** undefined when the text is not a message of this version: then it is not known what was missed. */
export function decodeMessage(text: string): InvalidationMessage | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return undefined; // Not JSON: an unknown version like any other.
  }
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  return {
    origin: parsed.data.o,
    invalidations: parsed.data.i.map(([position, tags]) => ({ position, tags })),
    isIncomplete: parsed.data.x === 1,
  };
}
