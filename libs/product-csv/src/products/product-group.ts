import type { CsvRow } from '../csv/csv-rows.js';
import type { ProductCsvLimits } from '../product-csv-limits.js';
import type { ProductCsvHeader, ProductColumn } from './product-columns.js';
import { restoreFormula } from '../cells/formula-cell.js';

/** The rows of one product, in the order of the file. */
export interface ProductGroup {
  /** Position among the groups of the file, from 0: the same at every reading of the same file. */
  readonly ordinal: number;
  /** Normalised; empty when the row has none. */
  readonly handle: string;
  readonly rows: readonly CsvRow[];
  readonly lines: { readonly first: number; readonly last: number };
  /** Its rows lie so far apart that they could not be kept; only the first is in `rows`. */
  readonly isTooScattered: boolean;
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
  'maxRowsPerProduct' | 'maxProductChars' | 'maxProducts' | 'maxScatteredChars'
>;

/** The handle of a row, as products are told apart by it; empty when the row has none. */
export function handleOf(header: ProductCsvHeader, row: CsvRow): string {
  return cellText(header, row, 'handle').toLowerCase();
}

/**
 * Collects the rows of each product, also where they do not follow each other.
 *
 * `runs` says how many runs of adjacent rows a product has in the whole file; its rows are kept
 * until the last of them, so that no product is ever imported from a part of its rows. What is kept
 * is bounded by `maxScatteredChars`: a product that finds no room comes out marked as scattered.
 * Every row without a handle is a group of its own. Groups are numbered as they come out.
 */
export class ProductGroups {
  private readonly scattered = new Map<string, OpenGroup & { runsLeft: number }>();
  private scatteredChars = 0;
  private handles = 0;
  private nextOrdinal = 0;
  private current: OpenGroup | undefined;

  constructor(
    private readonly header: ProductCsvHeader,
    private readonly limits: GroupLimits,
    private readonly runs: ReadonlyMap<string, number>,
  ) {}

  /** Takes a row; returns the group it completes, when it begins another. */
  add(row: CsvRow): ProductGroup | undefined {
    const handle = handleOf(this.header, row);
    const { current } = this;
    if (current !== undefined && handle !== '' && handle === current.handle) {
      this.extend(current, [row], charsOf(row), row.lines.last);
      return undefined;
    }
    if (handle !== '' && !this.scattered.has(handle)) this.handles++;
    const completed = this.end();
    this.current = {
      handle,
      rows: [row],
      chars: charsOf(row),
      lines: { ...row.lines },
      isTooScattered: false,
      hasTooManyRows: false,
    };
    return completed;
  }

  /** The last group. */
  end(): ProductGroup | undefined {
    const { current } = this;
    this.current = undefined;
    if (current === undefined) return undefined;
    const runs = this.runs.get(current.handle) ?? 1;
    const whole = runs > 1 ? this.gather(current, runs) : current;
    return whole === undefined ? undefined : { ordinal: this.nextOrdinal++, ...whole };
  }

  get hasTooManyProducts(): boolean {
    return this.handles > this.limits.maxProducts;
  }

  /** Adds a run to those of its product that came before; returns the product with the last. */
  private gather(run: OpenGroup, runs: number): OpenGroup | undefined {
    const known = this.scattered.get(run.handle);
    const group = known ?? { ...run, runsLeft: runs };
    const before = known === undefined ? 0 : known.chars;
    if (known !== undefined) this.extend(known, run.rows, run.chars, run.lines.last);
    if (!group.isTooScattered) this.scatteredChars += group.chars - before;
    if (this.scatteredChars > this.limits.maxScatteredChars && !group.isTooScattered) {
      group.isTooScattered = true;
      group.rows.splice(1);
      this.scatteredChars -= group.chars;
    }
    group.runsLeft--;
    if (group.runsLeft > 0) {
      this.scattered.set(run.handle, group);
      return undefined;
    }
    this.scattered.delete(run.handle);
    if (!group.isTooScattered) this.scatteredChars -= group.chars;
    return group;
  }

  private extend(group: OpenGroup, rows: readonly CsvRow[], chars: number, last: number): void {
    group.lines.last = last;
    group.chars += chars;
    if (group.isTooScattered) return;
    const { maxRowsPerProduct, maxProductChars } = this.limits;
    const hasRoom =
      group.rows.length + rows.length <= maxRowsPerProduct && group.chars <= maxProductChars;
    if (hasRoom) group.rows.push(...rows);
    else group.hasTooManyRows = true;
  }
}

interface OpenGroup extends Omit<ProductGroup, 'ordinal'> {
  readonly rows: CsvRow[];
  chars: number;
  readonly lines: { first: number; last: number };
  isTooScattered: boolean;
  hasTooManyRows: boolean;
}

function charsOf(row: CsvRow): number {
  let chars = 0;
  for (const cell of row.cells) chars += cell.length;
  return chars;
}
