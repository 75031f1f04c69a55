import { PendingTransaction } from './pending-transaction.js';
import type { SqlQueries } from '../sql/sql-queries.js';
import { sql, type SqlStatement } from '../sql/sql.js';

const held = sql.byDialect({ sqlite: sql.empty, mssql: sql` WITH (UPDLOCK)` });
const kept = sql.byDialect({ sqlite: sql.empty, mssql: sql` WITH (REPEATABLEREAD)` });

/**
 * Stands behind a table in FROM: the rows that a unit of work reads stay as they are until it ends. On
 * SQLite it is the only one that writes anyway. Readers of committed rows hold nothing.
 */
export function heldRows(queries: SqlQueries): SqlStatement {
  return queries instanceof PendingTransaction ? held : sql.empty;
}

/** As {@link heldRows}, for rows that are not written: other units of work may keep them at the same time. */
export function keptRows(queries: SqlQueries): SqlStatement {
  return queries instanceof PendingTransaction ? kept : sql.empty;
}
