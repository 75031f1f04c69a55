import { existsSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseUrl } from '#libs/config';
import { columnNaming } from '../schema/column-naming.js';
import { enforceColumnLimits } from '../schema/column-limits.js';
import { writeConnections } from '../connections/connection-parts.js';
import { databaseErrors } from '../database.errors.js';
import { settleInstallation } from './installation.js';
import { withMssqlMigrationLock, withSqliteMigrationLock } from '../schema/migration-lock.js';
import { migrations } from '../migrations/index.js';
import { mssqlOptions, type MssqlPool } from '../mssql/mssql-options.js';
import { ensureRowVersions, initialize, requireRowVersions } from '../mssql/open-mssql.js';

const SETUP_TIMEOUT_MS = 5_000;
const MIGRATION_LOCK_TIMEOUT_MS = 120_000;
/** Several of the longest transactions of replicas (MAX_TRANSACTION_MS). */
const WRITERS_TIMEOUT_MS = 60_000;

/** Options of the data source that writes; `waitMs` is the longest wait for a connection of SQL Server. */
export function writeOptions(target: DatabaseUrl, waitMs?: number): DataSourceOptions {
  const shared = {
    namingStrategy: columnNaming,
    migrations,
    migrationsTransactionMode: 'each' as const,
  };
  if (target.kind === 'mssql') {
    const connections = writeConnections(target.poolMax);
    return { ...shared, ...mssqlOptions(target, { connections, waitMs }) };
  }
  return {
    ...shared,
    type: 'better-sqlite3',
    database: target.file,
    // Waiting inside the driver would block the event loop: units of work retry asynchronously.
    timeout: 0,
    prepareDatabase: (database: unknown) => {
      const connection = database as BetterSqlite3.Database;
      // The last connection that closes holds the file for itself for a moment, and nothing can be opened meanwhile.
      connection.pragma(`busy_timeout = ${SETUP_TIMEOUT_MS}`);
      // FULL: an acknowledged commit survives a power cut.
      connection.pragma('synchronous = FULL');
      connection.pragma('busy_timeout = 0');
    },
  };
}

interface ReadPool extends Pick<MssqlPool, 'connections' | 'waitMs'> {
  readonly isCopy?: boolean;
}

/** Committed reads only. A secondary of an availability group may take nobody who does not say so. */
export function readOptions(
  target: DatabaseUrl,
  { isCopy = false, ...pool }: ReadPool = {},
): DataSourceOptions {
  return target.kind === 'mssql'
    ? mssqlOptions(target, { readOnlyIntent: isCopy, ...pool })
    : { type: 'better-sqlite3', database: target.file, readonly: true, timeout: 0 };
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
 * once: one migrates, the others wait for it and find nothing left to do. One that waits longer than
 * `lockTimeoutMs` throws `database.migration-lock`.
 */
export async function openMigrated(
  options: DataSourceOptions,
  lockTimeoutMs: number,
): Promise<DataSource> {
  const dataSource = new DataSource(options);
  try {
    if (options.type === 'better-sqlite3') {
      await withSqliteMigrationLock(options.database, lockTimeoutMs, async () => {
        enableWriteAheadLog(options.database);
        await dataSource.initialize();
        await besideWriters(dataSource, async () => {
          await dataSource.runMigrations();
          await enforceColumnLimits(dataSource);
          await settleInstallation(dataSource, options.database);
        });
      });
    } else {
      await initialize(dataSource);
      await withMssqlMigrationLock(dataSource, lockTimeoutMs, () => dataSource.runMigrations());
      await ensureRowVersions(dataSource);
    }
    return dataSource;
  } catch (error) {
    await closeAfter(dataSource);
    throw error;
  }
}

/**
 * Lets statements wait for writers of other processes: the replicas of the release before go on while the schema is changed. A
 * migration cannot be repeated by halves as a unit of work can, and nothing else is done meanwhile, so the driver may wait.
 */
async function besideWriters(dataSource: DataSource, work: () => Promise<void>): Promise<void> {
  await dataSource.query(`PRAGMA busy_timeout = ${WRITERS_TIMEOUT_MS}`);
  await work();
  await dataSource.query('PRAGMA busy_timeout = 0');
}

/** Brings the schema of a database up to date, and makes the database where there is none. */
export async function migrateDatabase(target: DatabaseUrl): Promise<void> {
  const dataSource = await openMigrated(writeOptions(target), MIGRATION_LOCK_TIMEOUT_MS);
  await dataSource.destroy();
}

/**
 * Opens a database that is there and has the schema this version needs, and leaves the schema as it is. One with
 * more migrations is fine: they only add, and a release runs beside its successor.
 *
 * Throws `database.not-migrated` where there is no database, or an older one: a replica that made what it misses would go
 * on with an empty shop when somebody deleted the file, or pointed it at the wrong place.
 */
export async function openAsItIs(options: DataSourceOptions): Promise<DataSource> {
  // The driver would make the file, and TypeORM its folder.
  if (options.type === 'better-sqlite3' && !existsSync(options.database)) {
    throw notMigrated(`there is no file ${options.database}`);
  }
  const dataSource = await initialize(new DataSource(options));
  const missing = await missingMigrations(dataSource).catch(async (error: unknown) => {
    await closeAfter(dataSource);
    throw error;
  });
  if (missing.length === 0) {
    if (options.type === 'better-sqlite3') {
      // A file that was copied or restored is an installation of its own, whoever opens it first.
      const { database } = options;
      await withSqliteMigrationLock(database, MIGRATION_LOCK_TIMEOUT_MS, () =>
        settleInstallation(dataSource, database),
      );
      return dataSource;
    }
    await requireRowVersions(dataSource).catch(async (error: unknown) => {
      await closeAfter(dataSource);
      throw error;
    });
    return dataSource;
  }
  await closeAfter(dataSource);
  throw notMigrated(`it lacks ${missing.join(', ')}`);
}

function notMigrated(reason: string): Error {
  return databaseErrors.notMigrated({
    message: `${reason}; run migrate once (node dist/tools/migrate.js; in compose: run --rm migrate), then start the replica again`,
  });
}

/**
 * Resolves when a copy can be read as it is. Throws `database.copy-not-ready`, with a reason for operators,
 * when it cannot be opened or lacks a migration this version needs. One that has more is fine:
 * migrations only add.
 */
export async function checkCopy(target: DatabaseUrl): Promise<void> {
  // TypeORM would make the folder.
  if (target.kind === 'sqlite' && !existsSync(target.file)) {
    throw notReady(`there is no file ${target.file}`);
  }
  const source = new DataSource(readOptions(target, { isCopy: true }));
  let missing: readonly string[];
  try {
    await initialize(source);
    missing = await missingMigrations(source);
  } catch (error) {
    throw notReady(error instanceof Error ? error.message : String(error), error);
  } finally {
    await closeAfter(source);
  }
  if (missing.length > 0) {
    throw notReady(`its schema is older than this version needs: it lacks ${missing.join(', ')}`);
  }
}

async function missingMigrations(source: DataSource): Promise<readonly string[]> {
  const needed = migrations.map((Migration) => new Migration().name);
  const list = source.options.type === 'mssql' ? 'sys.tables' : 'sqlite_master';
  const found = await source.query<unknown[]>(`SELECT name FROM ${list} WHERE name = 'migrations'`);
  if (found.length === 0) return needed;
  const rows = await source.query<{ readonly name: string }[]>('SELECT name FROM migrations');
  const present = new Set(rows.map(({ name }) => name));
  return needed.filter((name) => !present.has(name));
}

async function closeAfter(source: DataSource): Promise<void> {
  // What has led here is the news.
  if (source.isInitialized) await source.destroy().catch(() => undefined);
}

function notReady(reason: string, cause?: unknown): Error {
  return databaseErrors.copyNotReady({ message: reason, cause });
}
