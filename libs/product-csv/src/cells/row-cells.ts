import { unsafeText } from '#libs/kernel';
import { booleanOf } from './boolean-text.js';
import type { CsvRow } from '../csv/csv-rows.js';
import { plainDecimal, type DecimalMark } from './decimal-text.js';
import { stripControls } from './strip-controls.js';
import {
  productColumns,
  type ProductColumn,
  type ProductCsvHeader,
} from '../products/product-columns.js';
import { maxChars, type ProductCsvLimits } from '../product-csv-limits.js';
import {
  quoteForMessage,
  type CsvRowProblem,
  type CsvRowProblemCode,
} from '../product-csv-problem.js';
import { cellText, normaliseCell } from '../products/product-group.js';

/** What the reading of one product needs beside its rows; collects the problems that are found. */
export interface ReadingContext {
  readonly header: ProductCsvHeader;
  /** ISO 4217, of every price in the file. */
  readonly currency: string;
  readonly limits: ProductCsvLimits;
  /** What stands before the decimal places of the file's numbers. */
  readonly decimalMark: DecimalMark;
  readonly problems: CsvRowProblem[];
}

const columnMaxChars: Readonly<Partial<Record<ProductColumn, number>>> = maxChars;

/** The cells of one row, each read by its meaning. An unreadable one is reported and left out. */
export class RowCells {
  constructor(
    readonly row: CsvRow,
    private readonly context: ReadingContext,
  ) {}

  /** Single-line text; empty when the cell or the column is. */
  text(column: ProductColumn): string {
    const text = stripControls(cellText(this.context.header, this.row, column));
    const max = columnMaxChars[column] ?? this.context.limits.maxCellChars;
    return this.line(text, this.columnName(column), max).replace(/\s+/g, ' ');
  }

  optionalText(column: ProductColumn): string | undefined {
    const text = this.text(column);
    return text === '' ? undefined : text;
  }

  /** Text as it is, of the length a description may have. */
  description(column: ProductColumn): string {
    const text = cellText(this.context.header, this.row, column);
    return this.checked(text, this.columnName(column), this.context.limits.maxDescriptionChars);
  }

  /** Values of the attribute columns. */
  attributes(): { code: string; value: string }[] {
    return this.context.header.attributes.flatMap(({ code, index }) => {
      const text = stripControls(normaliseCell(this.row.cells[index] ?? ''));
      const name = this.context.header.names[index] ?? code;
      // The format writes lists of values this way.
      const values = this.line(text, name, this.context.limits.maxCellChars).split('; ');
      return values.map((value) => ({ code, value: this.attributeValue(value, name) }));
    });
  }

  /** Values of a cell that lists them with commas. */
  list(column: ProductColumn): string[] {
    const name = this.columnName(column);
    const values = this.text(column).split(',');
    return values.map((value) => this.attributeValue(value, name));
  }

  boolean(column: ProductColumn): boolean | undefined {
    const text = this.text(column).toLowerCase();
    const value = booleanOf(text);
    if (value !== undefined) return value;
    if (text !== '') this.invalid('boolean-invalid', column, text, 'must be TRUE or FALSE');
    return undefined;
  }

  /** A number as a plain decimal text; undefined when the cell holds none. */
  decimal(column: ProductColumn, currency?: string): string | undefined {
    return plainDecimal(this.text(column), this.context.decimalMark, currency);
  }

  isEmpty(column: ProductColumn): boolean {
    return cellText(this.context.header, this.row, column) === '';
  }

  report(code: CsvRowProblemCode, message: string, column?: ProductColumn): void {
    const line = this.row.lines.first;
    const problem = { code, line, message };
    this.context.problems.push(
      column === undefined ? problem : { ...problem, column: this.columnName(column) },
    );
  }

  invalid(code: CsvRowProblemCode, column: ProductColumn, value: string, rule: string): void {
    this.report(code, `${this.columnName(column)} ${rule}, not ${quoteForMessage(value)}`, column);
  }

  columnName(column: ProductColumn): string {
    const index = this.context.header.index[column];
    return (
      (index === undefined ? undefined : this.context.header.names[index]) ??
      productColumns[column][0]
    );
  }

  private attributeValue(value: string, name: string): string {
    return this.checked(value.replace(/\s+/g, ' ').trim(), name, maxChars.attributeValue);
  }

  /** Text that is shown and compared as it is. */
  private line(text: string, name: string, max: number): string {
    const unsafe = unsafeText(text);
    if (unsafe === undefined) return this.checked(text, name, max);
    this.context.problems.push({
      code: 'text-unsafe',
      line: this.row.lines.first,
      column: name,
      message: `${name} holds ${unsafe}`,
    });
    return '';
  }

  private checked(text: string, name: string, max: number): string {
    if (text.length <= max) return text;
    this.context.problems.push({
      code: 'cell-too-long',
      line: this.row.lines.first,
      column: name,
      message: `${name} has ${text.length} characters; at most ${max} are allowed`,
    });
    return '';
  }
}
