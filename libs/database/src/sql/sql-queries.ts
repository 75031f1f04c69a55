import type { SqlStatement } from './sql.js';

/** What runs a SELECT: a unit of work, or the reader of committed rows. */
export interface SqlQueries {
  query<Row extends object>(statement: SqlStatement): Promise<Row[]>;
}
