import { describeForeignFormat, firstUnusable, unfinishedBytes } from './csv-bytes.js';
import { CsvEncoding } from './csv-encoding.js';
import { findSeparator } from './csv-separator.js';
import type { ProductCsvLimits } from '../product-csv-limits.js';
import type { CsvFileProblem, CsvFileProblemCode } from '../product-csv-problem.js';

/** Bytes of one or more whole rows. */
export interface CsvBatch {
  readonly bytes: Buffer;
  /** What stands between the cells. */
  readonly separator: string;
  /** Physical line of the first row. */
  readonly firstLine: number;
  /** Lines with text behind a closing quote (`"a"b`), ascending. */
  readonly malformedQuoteLines: readonly number[];
}

const LF = 10;
const CR = 13;
const QUOTE = 34;

// Where in a cell the scanner is.
const START = 0;
const PLAIN = 1;
const QUOTED = 2;
/** Behind a quote inside a quoted cell: the end of the cell or the first half of `""`. */
const QUOTE_SEEN = 3;

const NO_BYTES: Uint8Array = new Uint8Array(0);

/**
 * Cuts a CSV byte stream into batches of whole rows and finds what makes the file unusable: bytes
 * that are not UTF-8, NUL, a quote that is never closed, rows and files that are too large.
 *
 * What it yields and reports depends on the bytes only, never on how they are cut into chunks: rows
 * in front of a problem always come out. It buffers no more than one row beside the chunk.
 * UTF-16 becomes UTF-8, and the first line says what separates the cells.
 * It also counts the lines, because csv-parse counts a CRLF inside a quoted cell as two.
 */
export class CsvScanner {
  private cell = START;
  private line = 1;
  private rowLine = 1;
  private batchLine = 1;
  /** Line behind the last whole row; a CR at the end of a chunk has not completed its row. */
  private wholeLine = 1;
  private quoteLine = 1;
  private afterCr = false;
  private rowEndedByCr = false;
  /** Rows that came with earlier chunks and whose end has not been seen. */
  private carried: Uint8Array[] = [];
  private carriedBytes = 0;
  private readonly encoding = new CsvEncoding();
  /** Unknown until the first line is complete. */
  private separator: number | undefined;
  /** A UTF-8 sequence, or the first line of the file, that is not complete yet. */
  private held = NO_BYTES;
  private isStarted = false;
  private totalBytes = 0;
  private malformedQuoteLines: number[] = [];
  private found: CsvFileProblem | undefined;

  constructor(private readonly limits: Pick<ProductCsvLimits, 'maxFileBytes' | 'maxRowBytes'>) {}

  /** What makes the rest of the file unusable, once it was met. */
  get problem(): CsvFileProblem | undefined {
    return this.found;
  }

  /** Takes the next bytes; returns the rows they complete. */
  scan(chunk: Uint8Array): CsvBatch | undefined {
    if (this.found !== undefined) return undefined;
    const next = this.encoding.push(chunk);
    const bytes = this.held.length === 0 ? next : Buffer.concat([this.held, next]);
    this.separator ??= findSeparator(bytes, this.limits.maxRowBytes);
    if (this.separator === undefined) {
      this.held = Uint8Array.prototype.slice.call(bytes);
      return undefined;
    }
    const isTooShort = !this.isStarted && bytes.length < 4;
    const complete = isTooShort ? 0 : bytes.length - unfinishedBytes(bytes);
    this.held = Uint8Array.prototype.slice.call(bytes, complete);
    return complete === 0 ? undefined : this.take(bytes.subarray(0, complete), false);
  }

  /** Says that no bytes follow; returns the rows that are left. */
  end(): CsvBatch | undefined {
    if (this.found !== undefined) return undefined;
    const rest = Buffer.concat([this.held, this.encoding.end()]);
    this.held = NO_BYTES;
    this.separator ??= findSeparator(rest, rest.length);
    return this.take(rest, true);
  }

  private take(input: Uint8Array, isLast: boolean): CsvBatch | undefined {
    const bytes = this.isStarted ? input : this.start(input);
    if (bytes === undefined) return undefined;
    const stop = firstUnusable(bytes, {
      maxFileBytes: this.limits.maxFileBytes,
      bytesBefore: this.totalBytes,
      isFromUtf16: this.encoding.isUtf16,
    });
    const usable = bytes.subarray(0, stop?.offset ?? bytes.length);
    this.totalBytes += usable.length;
    let lastRowEnd = this.walk(usable);
    if (stop !== undefined && this.rowEndedByCr) {
      lastRowEnd = usable.length;
      this.wholeLine = this.rowLine;
    }
    if (this.found === undefined && stop !== undefined) this.fail(stop.code, stop.message);
    if (isLast && this.found === undefined && this.cell === QUOTED) {
      const message = 'the quote that opens here is never closed; nothing behind it can be read';
      this.fail('quote-unterminated', message, this.quoteLine);
    }
    return this.cut(usable, lastRowEnd, isLast && this.found === undefined);
  }

  private start(bytes: Uint8Array): Uint8Array | undefined {
    this.isStarted = true;
    const foreign = describeForeignFormat(bytes);
    if (foreign !== undefined) {
      this.fail(foreign.code, foreign.message, 1);
      return undefined;
    }
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return hasMark ? bytes.subarray(3) : bytes;
  }

  /** Runs the state machine over `bytes`; returns where the last whole row ends, -1 for nowhere. */
  private walk(bytes: Uint8Array): number {
    const { maxRowBytes } = this.limits;
    const { separator = -1 } = this;
    const plainFrom = Math.max(QUOTE, separator) + 1;
    let { cell, afterCr } = this;
    let lastRowEnd = -1;
    let rowTooLargeAt = maxRowBytes - this.carriedBytes;
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index] as number;
      if (afterCr) {
        afterCr = false;
        const isCrLf = byte === LF;
        if (this.rowEndedByCr) {
          this.rowEndedByCr = false;
          lastRowEnd = isCrLf ? index + 1 : index;
          this.wholeLine = this.rowLine;
          rowTooLargeAt = lastRowEnd + maxRowBytes;
        }
        // The CR has counted for the line.
        if (isCrLf) continue;
      }
      const endsRow = (byte === LF || byte === CR) && cell !== QUOTED;
      if (index >= rowTooLargeAt && !endsRow) {
        this.cell = cell;
        this.failRow();
        return lastRowEnd;
      }
      if (byte >= plainFrom && (cell === PLAIN || cell === QUOTED)) continue;
      if (byte === LF || byte === CR) {
        this.line++;
        afterCr = byte === CR;
        if (!endsRow) continue;
        cell = START;
        this.rowLine = this.line;
        if (afterCr) {
          this.rowEndedByCr = true;
        } else {
          lastRowEnd = index + 1;
          this.wholeLine = this.rowLine;
          rowTooLargeAt = lastRowEnd + maxRowBytes;
        }
      } else if (byte === QUOTE) {
        if (cell === START) {
          cell = QUOTED;
          this.quoteLine = this.line;
        } else if (cell !== PLAIN) {
          cell = cell === QUOTED ? QUOTE_SEEN : QUOTED;
        }
      } else if (byte === separator) {
        if (cell !== QUOTED) cell = START;
      } else if (cell !== QUOTED) {
        if (cell === QUOTE_SEEN) this.malformedQuoteLines.push(this.line);
        cell = PLAIN;
      }
    }
    this.cell = cell;
    this.afterCr = afterCr;
    return lastRowEnd;
  }

  private failRow(): void {
    const cause =
      this.cell === QUOTED
        ? `; probably the quote that opens on line ${this.quoteLine} is never closed`
        : '';
    const message = `the row that begins here is larger than ${this.limits.maxRowBytes} bytes${cause}`;
    this.fail('row-too-large', message, this.rowLine);
  }

  /** Hands out the whole rows and keeps the rest for the next chunk. */
  private cut(bytes: Uint8Array, lastRowEnd: number, isLast: boolean): CsvBatch | undefined {
    const end = isLast ? bytes.length : lastRowEnd;
    if (end < 0) {
      // A copy: the producer of a chunk may use its memory again.
      this.carried.push(Uint8Array.prototype.slice.call(bytes));
      this.carriedBytes += bytes.length;
      return undefined;
    }
    const whole = Buffer.concat([...this.carried, bytes.subarray(0, end)]);
    this.carried = [Uint8Array.prototype.slice.call(bytes, end)];
    this.carriedBytes = bytes.length - end;
    const { batchLine, malformedQuoteLines } = this;
    const isWhole = (line: number): boolean => isLast || line < this.wholeLine;
    this.batchLine = this.wholeLine;
    this.malformedQuoteLines = malformedQuoteLines.filter((line) => !isWhole(line));
    if (whole.length === 0) return undefined;
    return {
      bytes: whole,
      separator: String.fromCodePoint(this.separator ?? 44),
      firstLine: batchLine,
      malformedQuoteLines: malformedQuoteLines.filter(isWhole),
    };
  }

  private fail(code: CsvFileProblemCode, message: string, line = this.line): void {
    this.found = { code, message, line };
  }
}
