import { stringify } from 'csv-stringify/sync';

/** Rows as CSV with CRLF (RFC 4180). */
export function csvText(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], {
    record_delimiter: 'windows',
    quote_record_delimiter: true,
  });
}
