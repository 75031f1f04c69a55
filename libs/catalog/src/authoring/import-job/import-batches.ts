import type {
  ProductCsvHeaderItem,
  ProductCsvErrorItem,
  ProductCsvItem,
  ProductCsvProductItem,
} from '#libs/product-csv';
import type { ImportIssue } from './import-file.js';

/** Consecutive products of a file, the rejected ones among them. */
export interface ImportBatch {
  /** Ordinal of the first product behind the batch. */
  readonly nextOrdinal: number;
  readonly products: readonly ProductCsvProductItem[];
  readonly errors: readonly ProductCsvErrorItem[];
  /** Columns of the file that are not read. */
  readonly unread: readonly ImportIssue[];
  /** The file ends, or cannot be read on, behind this batch. */
  readonly isLast: boolean;
}

/**
 * Cuts what a file holds into batches of `size` products. A batch begins at a multiple of `size`
 * whatever the products in it are, so a resumed import makes the same batches.
 */
export async function* importBatches(
  items: AsyncIterable<ProductCsvItem>,
  size: number,
  startAt: number,
): AsyncGenerator<ImportBatch, void, undefined> {
  let end = (Math.floor(startAt / size) + 1) * size;
  let products: ProductCsvProductItem[] = [];
  let errors: ProductCsvErrorItem[] = [];
  let nextOrdinal = startAt;
  let unread: ImportIssue[] = [];
  for await (const item of items) {
    if (item.kind === 'header') {
      unread = unreadColumns(item);
      continue;
    }
    while (item.ordinal !== undefined && item.ordinal >= end) {
      yield { nextOrdinal: end, products, errors, unread, isLast: false };
      [products, errors, end] = [[], [], end + size];
    }
    if (item.kind === 'product') products.push(item);
    else errors.push(item);
    if (item.ordinal !== undefined) nextOrdinal = item.ordinal + 1;
  }
  yield { nextOrdinal, products, errors, unread, isLast: true };
}

function unreadColumns({ line, unknownColumns }: ProductCsvHeaderItem): ImportIssue[] {
  return unknownColumns.map((column) => ({
    line,
    handle: undefined,
    column,
    code: 'column-unread',
    message: `the column ${column} is not part of the format and was not read`,
  }));
}
