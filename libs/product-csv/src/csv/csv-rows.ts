import { parse } from 'csv-parse/sync';
import { CsvScanner, type CsvBatch } from './csv-scanner.js';
import type { ProductCsvLimits } from '../product-csv-limits.js';
import type { CsvFileProblem } from '../product-csv-problem.js';

/** One row of a CSV, as written: cells are not trimmed. */
export interface CsvRow {
  /** Physical lines, counted from 1, both inclusive. */
  readonly lines: { readonly first: number; readonly last: number };
  readonly cells: readonly string[];
  /** Text stands behind a closing quote, so the cells may have been cut at the wrong places. */
  readonly hasMalformedQuote: boolean;
}

/** Bounds how long one batch keeps the event loop busy (a few milliseconds). */
export const MAX_SLICE_BYTES = 64 * 1024;

/**
 * Reads the rows of a CSV (commas, semicolons or tabs, told by the first line; double quotes; LF, CRLF
 * and CR also mixed; UTF-8 with or without a byte order mark, UTF-16 with one). Ends with the problem, as the last item, when the rest cannot be read.
 * Empty lines are rows with one empty cell. Only what `source` itself throws is thrown.
 */
export async function* readCsvRows(
  source: AsyncIterable<Uint8Array>,
  limits: Pick<ProductCsvLimits, 'maxFileBytes' | 'maxRowBytes'>,
): AsyncGenerator<CsvRow | CsvFileProblem, void, undefined> {
  const scanner = new CsvScanner(limits);
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length; start += MAX_SLICE_BYTES) {
      const batch = scanner.scan(chunk.subarray(start, start + MAX_SLICE_BYTES));
      if (batch !== undefined) yield* rowsOfBatch(batch);
      if (scanner.problem !== undefined) {
        yield scanner.problem;
        return;
      }
    }
  }
  const batch = scanner.end();
  if (batch !== undefined) yield* rowsOfBatch(batch);
  if (scanner.problem !== undefined) yield scanner.problem;
}

/** Parses a batch of the scanner. */
export function* rowsOfBatch(batch: CsvBatch): Generator<CsvRow, void, undefined> {
  // The relaxed options make csv-parse report nothing by itself: what it would refuse, the scanner
  // or the caller has noticed, with the line it is on.
  const records = parse(batch.bytes, {
    delimiter: batch.separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
  });
  const { malformedQuoteLines } = batch;
  let nextMalformed = 0;
  let line = batch.firstLine;
  for (const cells of records) {
    const first = line;
    const last = first + lineBreaks(cells);
    line = last + 1;
    let hasMalformedQuote = false;
    while ((malformedQuoteLines[nextMalformed] ?? Infinity) <= last) {
      nextMalformed++;
      hasMalformedQuote = true;
    }
    yield { lines: { first, last }, cells, hasMalformedQuote };
  }
}

/** An empty line, or one of nothing but separators. */
export function isBlankRow({ cells }: CsvRow): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function lineBreaks(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) {
      count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
    }
  }
  return count;
}
