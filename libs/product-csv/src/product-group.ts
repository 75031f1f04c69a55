import type { CsvRow } from './csv-rows.js';
import type { ProductCsvLimits } from './product-csv-limits.js';
import type { ProductCsvHeader, ProductColumn } from './product-columns.js';
import { restoreFormula } from './formula-cell.js';

/** The rows of one product, in the order of the file. */
export interface ProductGroup {
  /** Position among the groups of the file, from 0: the same at every reading of the same file. */
  readonly ordinal: number;
  /** Normalised; empty when the row has none. */
  readonly handle: string;
  readonly rows: readonly CsvRow[];
  readonly lines: { readonly first: number; readonly last: number };
  /** Where the handle was used before, when it was. */
  readonly repeats: { readonly line: number } | undefined;
  /** There was more than a product may have; the surplus is not in `rows`. */
  readonly hasTooManyRows: boolean;
}

/** The text of a cell: trimmed, in Unicode normal form, formula protection taken off. */
export function cellText(header: ProductCsvHeader, row: CsvRow, column: ProductColumn): string {
  const index = header.index[column];
  return index === undefined ? '' : normaliseCell(row.cells[index] ?? '');
}

export function normaliseCell(raw: string): string {
  if (raw === '') return '';
  return restoreFormula(raw.trim()).trim().normalize('NFC');
}

export type GroupLimits = Pick<
  ProductCsvLimits,
  'maxRowsPerProduct' | 'maxProductChars' | 'maxProducts'
>;

/**
 * Collects rows with the same handle that follow each other.
 *
 * A handle that comes back later begins a new group that names its first use, and is an error: to
 * merge the two, a reader would have to hold the whole file, and to import one after the other
 * would make the result depend on their order. Every row without a handle is a group of its own.
 */
export class ProductGroups {
  private readonly firstLineByHandle = new Map<string, number>();
  private nextOrdinal = 0;
  private current: OpenGroup | undefined;

  constructor(
    private readonly header: ProductCsvHeader,
    private readonly limits: GroupLimits,
  ) {}

  /** Takes a row; returns the group it completes, when it begins another. */
  add(row: CsvRow): ProductGroup | undefined {
    const handle = cellText(this.header, row, 'handle').toLowerCase();
    const { current } = this;
    if (current !== undefined && handle !== '' && handle === current.handle) {
      current.lines.last = row.lines.last;
      current.chars += charsOf(row);
      const { maxRowsPerProduct, maxProductChars } = this.limits;
      if (current.rows.length < maxRowsPerProduct && current.chars <= maxProductChars) {
        current.rows.push(row);
      } else {
        current.hasTooManyRows = true;
      }
      return undefined;
    }
    const usedOn = this.firstLineByHandle.get(handle);
    if (handle !== '' && usedOn === undefined) {
      this.firstLineByHandle.set(handle, row.lines.first);
    }
    this.current = {
      ordinal: this.nextOrdinal++,
      handle,
      rows: [row],
      chars: charsOf(row),
      lines: { ...row.lines },
      repeats: usedOn === undefined ? undefined : { line: usedOn },
      hasTooManyRows: false,
    };
    return current;
  }

  /** The last group. */
  end(): ProductGroup | undefined {
    const { current } = this;
    this.current = undefined;
    return current;
  }

  get hasTooManyProducts(): boolean {
    return this.firstLineByHandle.size > this.limits.maxProducts;
  }
}

interface OpenGroup extends ProductGroup {
  readonly rows: CsvRow[];
  chars: number;
  readonly lines: { first: number; last: number };
  hasTooManyRows: boolean;
}

function charsOf(row: CsvRow): number {
  let chars = 0;
  for (const cell of row.cells) chars += cell.length;
  return chars;
}
