import { isBlankRow, readCsvRows } from './csv/csv-rows.js';
import { provenDecimalMark, type DecimalMark } from './cells/decimal-text.js';
import {
  headerFromRow,
  type ProductCsvHeader,
  type ProductColumn,
} from './products/product-columns.js';
import type { ProductCsvLimits } from './product-csv-limits.js';
import { cellText, handleOf } from './products/product-group.js';

/** What is known of a file only when all of it was seen. */
export interface FileSurvey {
  /** How many runs of adjacent rows each product has. */
  readonly runs: ReadonlyMap<string, number>;
  readonly decimalMark: DecimalMark;
}

const numberColumns: readonly ProductColumn[] = [
  'price',
  'compareAtPrice',
  'grams',
  'inventoryQuantity',
];

/**
 * Reads a file through before any of it is imported: which products have rows that do not follow
 * each other, and whether its numbers have decimal points or commas. A file whose numbers prove
 * nothing has points. Holds a number per handle; stops where the file cannot be read on.
 */
export async function surveyProductCsv(
  source: AsyncIterable<Uint8Array>,
  limits: ProductCsvLimits,
): Promise<FileSurvey> {
  const runs = new Map<string, number>();
  const marks = new Set<'.' | ','>();
  let header: ProductCsvHeader | undefined;
  let current: string | undefined;
  for await (const row of readCsvRows(source, limits)) {
    if ('code' in row) break;
    if (isBlankRow(row)) continue;
    if (header === undefined) {
      const found = headerFromRow(row, limits);
      if ('code' in found) break;
      header = found;
      continue;
    }
    const handle = handleOf(header, row);
    if (handle !== current && handle !== '') runs.set(handle, (runs.get(handle) ?? 0) + 1);
    current = handle;
    if (runs.size > limits.maxProducts) break;
    if (marks.size === 2) continue;
    for (const column of numberColumns) {
      const mark = provenDecimalMark(cellText(header, row, column));
      if (mark !== undefined) marks.add(mark);
    }
  }
  const [mark = '.'] = marks;
  return { runs, decimalMark: marks.size === 2 ? 'mixed' : mark };
}
