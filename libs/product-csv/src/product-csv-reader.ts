import type { DecimalMark } from './cells/decimal-text.js';
import { surveyProductCsv } from './file-survey.js';
import { isBlankRow, readCsvRows } from './csv/csv-rows.js';
import type { ImportedProduct } from './products/imported-product.js';
import { headerFromRow, type ProductCsvHeader } from './products/product-columns.js';
import { defaultProductCsvLimits, type ProductCsvLimits } from './product-csv-limits.js';
import { emptyFile, type CsvFileProblem, type CsvProblem } from './product-csv-problem.js';
import { productFromGroup } from './products/product-from-group.js';
import { ProductGroups, type ProductGroup } from './products/product-group.js';

export interface ProductCsvOptions {
  /** ISO 4217: what the prices of the file are in. */
  readonly currency: string;
  /** Ordinal of the first product to process; those in front of it are read but not processed. */
  readonly startAt?: number;
  readonly limits?: Partial<ProductCsvLimits>;
}

/** What the header row says; always the first item unless the file has no usable one. */
export interface ProductCsvHeaderItem {
  readonly kind: 'header';
  readonly line: number;
  readonly ignoredColumns: readonly string[];
  readonly unknownColumns: readonly string[];
}

export interface ProductCsvProductItem {
  readonly kind: 'product';
  /** Position in the file, from 0. Rejected products have one too, so it survives a fix of others. */
  readonly ordinal: number;
  readonly lines: { readonly first: number; readonly last: number };
  readonly product: ImportedProduct;
}

export interface ProductCsvErrorItem extends CsvProblem {
  readonly kind: 'error';
  /** The rest of the file was not read. Such an error is the last item and has no ordinal. */
  readonly isFatal: boolean;
  /** Of the product that is left out; several errors can share one. */
  readonly ordinal?: number;
  readonly handle?: string;
}

export type ProductCsvItem = ProductCsvHeaderItem | ProductCsvProductItem | ProductCsvErrorItem;

/**
 * Reads a product CSV as Shopify exports it.
 *
 * Bad rows fail the product they belong to and nothing else. Nothing is thrown for what the file
 * holds: a file that cannot be read on ends with one error that says so, behind everything in front
 * of it. Memory is bounded by the limits (one chunk, the rows of one product, the rows that wait for others of their product, the handles),
 * and the items depend on the bytes only, so a second reading with `startAt` continues the first.
 * The file is opened twice: what it is like as a whole is found out before anything is handed out.
 * Errors of a source pass through; it is closed when the consumer stops early.
 */
export async function* readProductCsv(
  open: () => AsyncIterable<Uint8Array>,
  options: ProductCsvOptions,
): AsyncGenerator<ProductCsvItem, void, undefined> {
  const limits = { ...defaultProductCsvLimits, ...options.limits };
  const { currency, startAt = 0 } = options;
  const survey = await surveyProductCsv(open(), limits);
  const { decimalMark } = survey;
  let reading: { header: ProductCsvHeader; groups: ProductGroups } | undefined;
  let fileProblem: CsvFileProblem | undefined;

  for await (const row of readCsvRows(open(), limits)) {
    if ('code' in row) {
      fileProblem = row;
      break;
    }
    if (isBlankRow(row)) continue;
    if (reading === undefined) {
      const header = headerFromRow(row, limits);
      if ('code' in header) {
        fileProblem = header;
        break;
      }
      reading = { header, groups: new ProductGroups(header, limits, survey.runs) };
      const { ignored: ignoredColumns, unknown: unknownColumns } = header;
      yield { kind: 'header', line: row.lines.first, ignoredColumns, unknownColumns };
      continue;
    }
    const { header, groups } = reading;
    const group = groups.add(row);
    if (group !== undefined && group.ordinal >= startAt) {
      yield* itemsOf(group, { header, currency, limits, decimalMark });
    }
    if (groups.hasTooManyProducts) {
      const message = `the file has more than ${limits.maxProducts} products; split it`;
      fileProblem = { code: 'products-too-many', line: row.lines.first, message };
      break;
    }
  }

  // Of a file that breaks off, the product at the break may lack rows: it is not imported.
  if (fileProblem === undefined && reading === undefined) {
    fileProblem = emptyFile;
  }
  if (fileProblem !== undefined) {
    yield { kind: 'error', isFatal: true, ...fileProblem };
    return;
  }
  const last = reading?.groups.end();
  if (reading !== undefined && last !== undefined && last.ordinal >= startAt) {
    yield* itemsOf(last, { header: reading.header, currency, limits, decimalMark });
  }
}

function* itemsOf(
  group: ProductGroup,
  settings: {
    header: ProductCsvHeader;
    currency: string;
    limits: ProductCsvLimits;
    decimalMark: DecimalMark;
  },
): Generator<ProductCsvItem> {
  const { ordinal, lines, handle } = group;
  const outcome = productFromGroup(group, settings);
  if ('contentHash' in outcome) {
    yield { kind: 'product', ordinal, lines, product: outcome };
    return;
  }
  for (const problem of outcome) {
    const item = { kind: 'error' as const, isFatal: false, ordinal, ...problem };
    yield handle === '' ? item : { ...item, handle };
  }
}
