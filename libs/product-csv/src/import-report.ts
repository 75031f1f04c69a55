import { neutraliseFormula } from './cells/formula-cell.js';
import { csvText } from './csv/csv-text.js';

/** A line of the report about an import. */
export interface ImportReportLine {
  readonly line: number;
  readonly handle?: string | undefined;
  readonly column?: string | undefined;
  readonly code: string;
  readonly message: string;
}

/** Lets spreadsheets read the file as UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Writes what is wrong with an import file as a CSV to download. The texts quote the file, so cells
 * that a spreadsheet would run as a formula are neutralised. Yields text line by line.
 */
export async function* writeImportReport(
  lines: AsyncIterable<ImportReportLine> | Iterable<ImportReportLine>,
): AsyncGenerator<string, void, undefined> {
  yield BYTE_ORDER_MARK + csvText([['Line', 'Handle', 'Column', 'Code', 'Message']]);
  for await (const { line, handle, column, code, message } of lines) {
    const cells = [String(line), handle ?? '', column ?? '', code, message];
    yield csvText([cells.map(neutraliseFormula)]);
  }
}
