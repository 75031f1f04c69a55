import { PendingTransaction } from './pending-transaction.js';
import type { SqlQueries } from '../sql/sql-queries.js';
import { sql, type SqlStatement } from '../sql/sql.js';

const held = sql.byDialect({ sqlite: sql.empty, mssql: sql` WITH (UPDLOCK)` });

/**
 * Stands behind a table in FROM: the rows that a unit of work reads stay as they are until it ends. On
 * SQLite it is the only one that writes anyway. Readers of committed rows hold nothing.
 */
export function heldRows(queries: SqlQueries): SqlStatement {
  return queries instanceof PendingTransaction ? held : sql.empty;
}
