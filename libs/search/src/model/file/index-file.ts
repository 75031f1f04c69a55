import { z } from 'zod';
import type { FrozenSegment } from '../index/live-segment.js';
import { ALIGNMENT, bytesOfParts, paddedLength, partKinds } from './parts.js';
import type { SegmentHead, SegmentParts } from './segment-parts.js';
import { UnusableFile } from './unusable-file.js';

/** A row of the invalidation log, so that it is known again. */
export interface LogMark {
  readonly position: number;
  readonly committedAt: number;
  /** Of its tags. */
  readonly digest: string;
}

/** The index of a store, and of what it is the result: of every row of the log up to this one, and of none that is not committed. */
export interface KeptIndex {
  readonly mark: LogMark;
  readonly segments: readonly FrozenSegment[];
}

/** What a file says in front: of what it is, up to where, and what is behind it. */
export interface FileHead {
  /** Everything that has to be the same where it is used. */
  readonly identity: string;
  readonly mark: LogMark;
  readonly segments: readonly SegmentHead[];
}

/** Bytes in their order. Throws {@link UnusableFile} when there are not so many. */
export interface ByteSource {
  /** How many there are in all. */
  readonly size: number;
  take(bytes: number): Promise<ArrayBuffer>;
}

/** The segments of a file that has not been vouched for yet. */
export interface ReadFile {
  readonly head: FileHead;
  readonly buffers: readonly ArrayBuffer[];
}

const MAGIC = Buffer.from('lsindex\n', 'latin1');
/** The magic, and the length of the head in a whole number of 32 bits. */
const START_BYTES = 16;
const MAX_HEAD_BYTES = 1024 ** 2;
const PADDING = new Uint8Array(ALIGNMENT);

const count = z.int().min(0);
const headSchema: z.ZodType<FileHead> = z.strictObject({
  identity: z.string(),
  mark: z.strictObject({ position: count, committedAt: z.int(), digest: z.string() }),
  segments: z.array(
    z.strictObject({
      parts: z.array(z.tuple([z.enum(partKinds), count])),
      languages: z.array(z.string()),
      currencies: z.array(z.string()),
      locales: z.array(z.string()),
    }),
  ),
});

/** The bytes of a file of these segments; the large ones are views of the arrays of the index. */
export function* bytesOfFile(
  identity: string,
  mark: LogMark,
  segments: readonly SegmentParts[],
): Generator<Uint8Array> {
  const head: FileHead = { identity, mark, segments: segments.map((each) => each.head) };
  const text = Buffer.from(JSON.stringify(head));
  const start = Buffer.alloc(START_BYTES + paddedLength(text.length));
  MAGIC.copy(start);
  start.writeUInt32LE(text.length, MAGIC.length);
  text.copy(start, START_BYTES);
  yield start;
  for (const { arrays } of segments) {
    for (const { buffer, byteOffset, byteLength } of arrays) {
      yield new Uint8Array(buffer, byteOffset, byteLength);
      yield PADDING.subarray(0, paddedLength(byteLength) - byteLength);
    }
  }
}

/**
 * Reads a file of the index that `identity` names. Throws {@link UnusableFile} when it is none, is one of something
 * else, or has another length than it says.
 */
export async function readIndexFile(bytes: ByteSource, identity: string): Promise<ReadFile> {
  const start = Buffer.from(await bytes.take(START_BYTES));
  if (!MAGIC.equals(start.subarray(0, MAGIC.length))) throw new UnusableFile('it is no index');
  const length = start.readUInt32LE(MAGIC.length);
  if (length > MAX_HEAD_BYTES) throw new UnusableFile('its head is too long');
  const text = Buffer.from(await bytes.take(paddedLength(length))).toString('utf8', 0, length);
  const head = parsedHead(text);
  if (head.identity !== identity) throw new UnusableFile('it is the index of something else');
  const sizes = head.segments.map(({ parts }) => bytesOfParts(parts));
  const total = sizes.reduce((sum, size) => sum + size, START_BYTES + paddedLength(length));
  if (total !== bytes.size) throw new UnusableFile('its length is wrong');
  const buffers: ArrayBuffer[] = [];
  for (const size of sizes) buffers.push(await bytes.take(size));
  return { head, buffers };
}

function parsedHead(text: string): FileHead {
  try {
    return headSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UnusableFile('its head cannot be read', { cause: error });
  }
}
