/** Problems of the file as a whole: reading stops there. */
export type CsvFileProblemCode =
  | 'file-empty'
  | 'file-too-large'
  | 'file-not-csv'
  | 'file-not-utf8'
  | 'quote-unterminated'
  | 'row-too-large'
  | 'header-malformed'
  | 'columns-missing'
  | 'columns-duplicate'
  | 'columns-too-many'
  | 'column-name-too-long'
  | 'products-too-many';

/** Problems of rows: they fail the product the rows belong to, and nothing else. */
export type CsvRowProblemCode =
  | 'row-quote-malformed'
  | 'row-column-count'
  | 'rows-too-many'
  | 'handle-missing'
  | 'handle-invalid'
  | 'rows-scattered'
  | 'text-unsafe'
  | 'title-missing'
  | 'title-conflict'
  | 'cell-too-long'
  | 'boolean-invalid'
  | 'status-invalid'
  | 'variant-missing'
  | 'variant-duplicate'
  | 'variants-too-many'
  | 'option-name-missing'
  | 'option-name-conflict'
  | 'option-name-duplicate'
  | 'option-value-missing'
  | 'sku-duplicate'
  | 'price-missing'
  | 'price-invalid'
  | 'weight-invalid'
  | 'quantity-invalid'
  | 'policy-invalid'
  | 'image-url-invalid'
  | 'image-position-invalid'
  | 'images-too-many'
  | 'attributes-too-many';

/** One reason why a row, or the whole file, cannot be used. */
export interface CsvProblem<Code extends string = CsvFileProblemCode | CsvRowProblemCode> {
  readonly code: Code;
  /** Physical line, counted from 1, line breaks inside quoted cells included. */
  readonly line: number;
  /** Column as the file names it. */
  readonly column?: string;
  /** For the person who prepared the file. */
  readonly message: string;
}

export type CsvFileProblem = CsvProblem<CsvFileProblemCode>;
export type CsvRowProblem = CsvProblem<CsvRowProblemCode>;

export const emptyFile: CsvFileProblem = {
  code: 'file-empty',
  line: 1,
  message: 'the file has no rows',
};

/** A value as a message may show it: on one line and short. */
export function quoteForMessage(value: string): string {
  const shown = value.length > 60 ? `${value.slice(0, 60)}...` : value;
  return JSON.stringify(shown);
}
