import { hash } from 'node:crypto';

const ALGORITHM = 'sha256';
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const INNER = 0x36;
const OUTER = 0x5c;
const SCRATCH_BYTES = 65_536;
const MAX_BYTES_PER_UNIT = 3;
/** Of all: what is made in it is used up before the next one is. */
const SCRATCH = Buffer.alloc(BLOCK_BYTES + SCRATCH_BYTES);

/**
 * HMAC-SHA256 of texts under one key, as RFC 2104 makes it of two hashes. `createHmac` makes an object with
 * a stream for each, which takes several times as long.
 */
export class TextHmac {
  private readonly inner: Buffer;
  private readonly outer: Buffer;

  /** @throws RangeError for a key longer than a block, which would have to be hashed first. */
  constructor(key: Uint8Array) {
    if (key.length > BLOCK_BYTES) throw new RangeError('a key has at most 64 bytes');
    this.inner = padded(key, INNER);
    this.outer = padded(key, OUTER);
  }

  /** The code of a text in UTF-8, as base64url. */
  codeOf(text: string): string {
    const inner = hash(ALGORITHM, this.paddedText(text), 'binary');
    this.outer.copy(SCRATCH);
    // As text, because a buffer for these few bytes would cost more than the hash itself.
    SCRATCH.write(inner, BLOCK_BYTES, 'binary');
    return hash(ALGORITHM, SCRATCH.subarray(0, BLOCK_BYTES + DIGEST_BYTES), 'base64url');
  }

  private paddedText(text: string): Buffer {
    if (text.length * MAX_BYTES_PER_UNIT > SCRATCH_BYTES) {
      return Buffer.concat([this.inner, Buffer.from(text)]);
    }
    this.inner.copy(SCRATCH);
    return SCRATCH.subarray(0, BLOCK_BYTES + SCRATCH.write(text, BLOCK_BYTES));
  }
}

function padded(key: Uint8Array, pad: number): Buffer {
  const bytes = Buffer.alloc(BLOCK_BYTES, pad);
  key.forEach((byte, at) => (bytes[at] = byte ^ pad));
  return bytes;
}
