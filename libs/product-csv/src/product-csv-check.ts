import { isBlankRow, MAX_SLICE_BYTES, rowsOfBatch } from './csv/csv-rows.js';
import { CsvScanner, type CsvBatch } from './csv/csv-scanner.js';
import { importErrors } from './import.errors.js';
import { headerFromRow } from './products/product-columns.js';
import { defaultProductCsvLimits, type ProductCsvLimits } from './product-csv-limits.js';
import { emptyFile, type CsvFileProblem } from './product-csv-problem.js';

/**
 * Passes the bytes of an upload on while it checks that the whole of it can be read as a product
 * CSV: encoding, quotes, sizes, required columns. A file that went through ends with no fatal error
 * in `readProductCsv` (the limit on products aside); its rows are not judged here.
 * Throws `importErrors.fileTooLarge` or `fileUnusable` with `details.problem` and `details.line`,
 * at the latest at the end: the storer of the bytes discards them then. Holds one row.
 */
export async function* passCheckedProductCsv(
  source: AsyncIterable<Uint8Array>,
  overrides: Partial<ProductCsvLimits> = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const limits = { ...defaultProductCsvLimits, ...overrides };
  const scanner = new CsvScanner(limits);
  let hasHeader = false;
  const check = (batch: CsvBatch | undefined): void => {
    if (!hasHeader && batch !== undefined) {
      const row = [...rowsOfBatch(batch)].find((candidate) => !isBlankRow(candidate));
      const header = row === undefined ? undefined : headerFromRow(row, limits);
      if (header !== undefined && 'code' in header) refuse(header);
      hasHeader = header !== undefined;
    }
    if (scanner.problem !== undefined) refuse(scanner.problem);
  };
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length; start += MAX_SLICE_BYTES) {
      check(scanner.scan(chunk.subarray(start, start + MAX_SLICE_BYTES)));
    }
    yield chunk;
  }
  check(scanner.end());
  if (!hasHeader) refuse(emptyFile);
}

function refuse({ code, line, message }: CsvFileProblem): never {
  const occurrence = { message: `line ${line}: ${message}`, details: { problem: code, line } };
  throw code === 'file-too-large'
    ? importErrors.fileTooLarge(occurrence)
    : importErrors.fileUnusable(occurrence);
}
