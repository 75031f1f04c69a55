import type { DataSource } from 'typeorm';
import { DatabaseFile } from '../opening/database-file.js';
import { MssqlWriteConnection } from './mssql-write-connection.js';
import { SqliteWriteConnection } from './sqlite-write-connection.js';
import type { OnStatement } from '../watching/slow-statements.js';
import { StatementWatch } from '../watching/statement-watch.js';
import type { WriteConnection } from './write-connection.js';

/** The writing connection of an initialised data source. */
export function openWriteConnection(
  dataSource: DataSource,
  onStatement: OnStatement = () => undefined,
): WriteConnection {
  const watch = new StatementWatch(
    dataSource.options.type === 'better-sqlite3' ? 'sqlite' : 'mssql',
    onStatement,
  );
  dataSource.subscribers.push(watch);
  return dataSource.options.type === 'better-sqlite3'
    ? new SqliteWriteConnection(dataSource, watch, new DatabaseFile(dataSource.options.database))
    : new MssqlWriteConnection(dataSource, watch);
}
