import { hash } from 'node:crypto';

const ALGORITHM = 'sha256';
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const INNER = 0x36;
const OUTER = 0x5c;
const SCRATCH_BYTES = 65_536;
const MAX_BYTES_PER_UNIT = 3;

/**
 * HMAC-SHA256 of texts under one key, as RFC 2104 makes it of two hashes. `createHmac` makes an object with
 * a stream for each; `hash` makes none, which is a quarter of the time, and half in a
 * process that was idle and has to fetch all of it from memory.
 */
export class TextHmac {
  /** The inner padding and room for a text. */
  private readonly inner: Buffer;
  /** The outer padding and room for the inner hash. */
  private readonly outer: Buffer;

  /** @throws RangeError for a key longer than a block, which would have to be hashed first. */
  constructor(key: Uint8Array) {
    if (key.length > BLOCK_BYTES) throw new RangeError('a key has at most 64 bytes');
    this.inner = padded(key, INNER, SCRATCH_BYTES);
    this.outer = padded(key, OUTER, DIGEST_BYTES);
  }

  /** The code of a text in UTF-8, as base64url. */
  codeOf(text: string): string {
    const message = this.withText(text);
    // As text, because a buffer for these few bytes would cost more than the hash itself.
    this.outer.write(hash(ALGORITHM, message, 'binary'), BLOCK_BYTES, 'binary');
    return hash(ALGORITHM, this.outer, 'base64url');
  }

  /** To be used before the next one is asked for. */
  private withText(text: string): Buffer {
    const { inner } = this;
    if (text.length * MAX_BYTES_PER_UNIT <= SCRATCH_BYTES) {
      return inner.subarray(0, BLOCK_BYTES + inner.write(text, BLOCK_BYTES));
    }
    return Buffer.concat([inner.subarray(0, BLOCK_BYTES), Buffer.from(text)]);
  }
}

function padded(key: Uint8Array, pad: number, room: number): Buffer {
  const bytes = Buffer.alloc(BLOCK_BYTES + room);
  bytes.fill(pad, 0, BLOCK_BYTES);
  key.forEach((byte, at) => (bytes[at] = byte ^ pad));
  return bytes;
}
