import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { systemClock } from '#libs/kernel';
import { databaseErrors } from '../database.errors.js';
import { newIdentity } from '../opening/installation.js';
import { withSqliteMigrationLock } from '../schema/migration-lock.js';

const LOCK_TIMEOUT_MS = 30_000;
const BUSY_TIMEOUT_MS = 5_000;
/** A database and its write-ahead log are one: neither means anything without the other. */
const PARTS = ['', '-wal', '-shm'];

/**
 * Copies a SQLite database while replicas write to it. The copy is one moment of it, one file, checked, and appears under its name when it
 * is whole and on disk. Throws `database.backup-unusable` when there is nothing to copy or the name is taken; nothing is overwritten.
 */
export async function backUpSqlite(from: string, to: string): Promise<void> {
  if (!existsSync(from)) throw unusable(`there is no file ${from}`);
  if (existsSync(to)) throw unusable(`${to} is there already, and a backup overwrites nothing`);
  await withCopy(from, to, async (half) => {
    await rename(half, to);
    await sync(dirname(to));
  });
}

/**
 * Puts a backup in the place of a database, as another installation: positions, announcements and questions of the one before are refused,
 * so nothing that knows the future of the restored data can be mistaken. What was there is kept beside it; answers with its name.
 * Replicas that run notice that their file was replaced, become unready and have to be started again.
 *
 * Throws `database.backup-unusable` for what is damaged or no database of Lockstep; the place is unchanged then.
 */
export function restoreSqlite(backup: string, file: string): Promise<string | undefined> {
  if (!existsSync(backup)) throw unusable(`there is no file ${backup}`);
  return withSqliteMigrationLock(file, LOCK_TIMEOUT_MS, async () => {
    let kept: string | undefined;
    await withCopy(backup, file, async (half) => {
      renew(half);
      await sync(half);
      kept = await putAside(file);
      await rename(half, file);
      await sync(dirname(file));
    });
    return kept;
  });
}

/** A checked copy beside where it belongs; gone again when `place` has not moved it. */
async function withCopy(
  from: string,
  to: string,
  place: (half: string) => Promise<void>,
): Promise<void> {
  const half = `${to}.${process.pid}.half`;
  try {
    await copy(from, half);
    check(half);
    await sync(half);
    await place(half);
  } finally {
    for (const part of PARTS) await rm(`${half}${part}`, { force: true });
  }
}

async function copy(from: string, half: string): Promise<void> {
  try {
    const source = new BetterSqlite3(from, { readonly: true, timeout: BUSY_TIMEOUT_MS });
    try {
      // One moment: without it the copy begins anew with every commit of a replica.
      source.exec('BEGIN; SELECT 1 FROM sqlite_master');
      await source.backup(half);
    } finally {
      source.close();
    }
  } catch (cause) {
    throw unusable(`${from} cannot be copied: ${messageOf(cause)}`, cause);
  }
}

function check(file: string): void {
  let found: string;
  try {
    const database = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      // One file: a log beside it would be forgotten when it is moved.
      database.pragma('journal_mode = DELETE');
      found = String(database.pragma('integrity_check(1)', { simple: true }));
      if (found === 'ok' && (database.pragma('foreign_key_check') as unknown[]).length > 0) {
        found = 'rows refer to rows that are not there';
      }
      if (found === 'ok') database.prepare('SELECT id FROM installation').get();
    } finally {
      database.close();
    }
  } catch (cause) {
    throw unusable(`it is no database of Lockstep: ${messageOf(cause)}`, cause);
  }
  if (found !== 'ok') throw unusable(`it is damaged: ${found}`);
}

/** The identity is not left to the number of the file, which the system gives out again. */
function renew(file: string): void {
  const { id, announcementKey } = newIdentity();
  const database = new BetterSqlite3(file);
  try {
    database
      .prepare(
        `UPDATE installation
         SET id = ?, announcement_key = ?, home = NULL, created_at = ?`,
      )
      .run(id, announcementKey, systemClock.wallMs());
    // Replicas take the mode as it is; it stays with the file. Closing leaves no log behind.
    database.pragma('journal_mode = WAL');
  } finally {
    database.close();
  }
}

/** The database first: from then on there is none under its name, and the log of the old one never meets the new one. */
async function putAside(file: string): Promise<string | undefined> {
  if (!existsSync(file)) {
    // The log of a database that is gone would be applied to the one that comes.
    for (const part of ['-wal', '-shm']) await rm(`${file}${part}`, { force: true });
    return undefined;
  }
  const aside = `${file}.replaced-${new Date(systemClock.wallMs()).toISOString().replaceAll(':', '')}`;
  for (const part of PARTS) {
    if (existsSync(`${file}${part}`)) await rename(`${file}${part}`, `${aside}${part}`);
  }
  return aside;
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unusable(message: string, cause?: unknown): Error {
  return databaseErrors.backupUnusable({ message, cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
