import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import { delay, systemClock } from '#libs/kernel';
import { tryApplicationLock } from '../unit-of-work/application-lock.js';
import { databaseErrors } from '../database.errors.js';
import { isTransient } from '../sql/dialect.js';
import { SqlSession } from '../sql/sql-session.js';

const POLL_MS = 50;
/** Shorter than a statement may take. */
const WAIT_MS = 1_000;

/**
 * Runs `work` while holding a lock that ends with the process: an exclusive transaction on a file of
 * its own beside the database. A crashed holder leaves nothing to clean up.
 */
export async function withSqliteMigrationLock<T>(
  databaseFile: string,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(databaseFile), { recursive: true });
  const lock = new BetterSqlite3(`${databaseFile}.migration-lock`, { timeout: 0 });
  try {
    const deadline = systemClock.monotonicMs() + timeoutMs;
    while (!tryBeginExclusive(lock)) {
      if (systemClock.monotonicMs() > deadline) throw databaseErrors.migrationLock();
      await delay(POLL_MS);
    }
    return await work();
  } finally {
    lock.close();
  }
}

function tryBeginExclusive(lock: BetterSqlite3.Database): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (isTransient('sqlite', error)) return false;
    throw error;
  }
}

/**
 * The same on SQL Server: an application lock owned by a transaction of a connection of its own,
 * released by the server when that connection ends.
 */
export async function withMssqlMigrationLock<T>(
  dataSource: DataSource,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    const session = new SqlSession(runner, 'mssql');
    const deadline = systemClock.monotonicMs() + timeoutMs;
    while (!(await tryApplicationLock(session, 'migrations', WAIT_MS))) {
      if (systemClock.monotonicMs() > deadline) throw databaseErrors.migrationLock();
    }
    return await work();
  } finally {
    await runner.rollbackTransaction().catch(() => undefined);
    await runner.release();
  }
}
