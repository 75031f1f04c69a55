import BetterSqlite3 from 'better-sqlite3';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseUrl } from '#libs/config';
import { withMssqlMigrationLock, withSqliteMigrationLock } from './migration-lock.js';
import { migrations } from './migrations/index.js';

const SETUP_TIMEOUT_MS = 5_000;

/** Options of the data source that writes. */
export function writeOptions(target: DatabaseUrl): DataSourceOptions {
  const shared = { migrations, migrationsTransactionMode: 'each' as const };
  if (target.kind === 'mssql') {
    return {
      ...shared,
      type: 'mssql',
      host: target.host,
      port: target.port,
      username: target.user,
      password: target.password,
      database: target.database,
      pool: { max: target.poolMax, min: 0 },
      connectionTimeout: target.connectTimeoutMs,
      requestTimeout: target.requestTimeoutMs,
      options: {
        encrypt: target.encrypt,
        trustServerCertificate: target.trustServerCertificate,
        abortTransactionOnError: true,
      },
    };
  }
  return {
    ...shared,
    type: 'better-sqlite3',
    database: target.file,
    // Waiting inside the driver would block the event loop: units of work retry asynchronously.
    timeout: 0,
    prepareDatabase: (database: unknown) => {
      // FULL: an acknowledged commit survives a power cut.
      (database as BetterSqlite3.Database).pragma('synchronous = FULL');
    },
  };
}

/** A second, read-only connection to the SQLite file: it sees committed rows only. */
export function readOptions(file: string): DataSourceOptions {
  return { type: 'better-sqlite3', database: file, readonly: true, timeout: 0 };
}

/** WAL lets readers go on while somebody writes; the mode stays with the file. */
function enableWriteAheadLog(file: string): void {
  const database = new BetterSqlite3(file, { timeout: SETUP_TIMEOUT_MS });
  try {
    database.pragma('journal_mode = WAL');
  } finally {
    database.close();
  }
}

/**
 * Brings the schema up to date and returns the open data source. Many processes may call this at
 * once: one migrates, the others wait for it and find nothing left to do.
 */
export async function openMigrated(
  options: DataSourceOptions,
  lockTimeoutMs: number,
): Promise<DataSource> {
  const dataSource = new DataSource(options);
  if (options.type === 'better-sqlite3') {
    return withSqliteMigrationLock(options.database, lockTimeoutMs, async () => {
      enableWriteAheadLog(options.database);
      await dataSource.initialize();
      await dataSource.runMigrations();
      return dataSource;
    });
  }
  await dataSource.initialize();
  await withMssqlMigrationLock(dataSource, lockTimeoutMs, () => dataSource.runMigrations());
  return dataSource;
}
