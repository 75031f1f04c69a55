const NO_BYTES: Uint8Array = new Uint8Array(0);

/** How many bytes tell a byte order mark. */
const MARK_BYTES = 2;

/**
 * Hands bytes on as UTF-8: text that begins with a byte order mark of UTF-16 is rewritten, all else
 * passes as it is. What is not well-formed UTF-16 comes out as U+FFFD.
 */
export class CsvEncoding {
  private held = NO_BYTES;
  private isKnown = false;
  private utf16: TextDecoder | undefined;

  /** Whether the file is UTF-16; known when the first bytes came out. */
  get isUtf16(): boolean {
    return this.utf16 !== undefined;
  }

  push(chunk: Uint8Array): Uint8Array {
    return this.convert(chunk, false);
  }

  /** What is left when no bytes follow. */
  end(): Uint8Array {
    return this.convert(NO_BYTES, true);
  }

  private convert(chunk: Uint8Array, isLast: boolean): Uint8Array {
    const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    this.held = NO_BYTES;
    if (!this.isKnown) {
      if (bytes.length < MARK_BYTES && !isLast) {
        // A copy: the producer of a chunk may use its memory again.
        this.held = Uint8Array.prototype.slice.call(bytes);
        return NO_BYTES;
      }
      this.isKnown = true;
      this.utf16 = decoderFor(bytes);
    }
    if (this.utf16 === undefined) return bytes;
    return Buffer.from(this.utf16.decode(bytes, { stream: !isLast }));
  }
}

function decoderFor([first, second]: Uint8Array): TextDecoder | undefined {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be');
  return undefined;
}
