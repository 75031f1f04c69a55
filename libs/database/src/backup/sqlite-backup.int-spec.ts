import { existsSync } from 'node:fs';
import { copyFile, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import {
  openDatabase,
  temporarySqlite,
  type OpenDatabase,
  type SqliteFixture,
} from '#libs/testing';
import { InstallationReader } from '../opening/installation.js';
import { sql } from '../sql/sql.js';
import { backUpSqlite, restoreSqlite } from './sqlite-backup.js';

describe('a backup of SQLite', () => {
  let sqlite: SqliteFixture;
  let live: OpenDatabase;
  let backup: string;

  beforeEach(async () => {
    sqlite = await temporarySqlite();
    live = await openDatabase(sqlite.url);
    backup = `${sqlite.folder}/backup.db`;
  });

  afterEach(async () => {
    await live.close();
    await sqlite.remove();
  });

  /** Two rows in one transaction: no moment has one without the other. */
  const writePair = (pair: number) =>
    live.unitOfWork.run(async (tx) => {
      await tx.execute(sql.insert('write_lock', [{ id: 1_000 + 2 * pair }]));
      await tx.execute(sql.insert('write_lock', [{ id: 1_001 + 2 * pair }]));
    });

  function rowsOf(file: string): number[] {
    const database = new BetterSqlite3(file, { readonly: true });
    try {
      const rows = database.prepare('SELECT id FROM write_lock WHERE id >= 1000 ORDER BY id').all();
      return (rows as { id: number }[]).map(({ id }) => id);
    } finally {
      database.close();
    }
  }

  function journalOf(file: string): unknown {
    const database = new BetterSqlite3(file, { readonly: true });
    try {
      return database.pragma('journal_mode', { simple: true });
    } finally {
      database.close();
    }
  }

  function identityIn(file: string): string {
    const database = new BetterSqlite3(file, { readonly: true });
    try {
      return JSON.stringify(
        database.prepare('SELECT id, announcement_key FROM installation').get(),
      );
    } finally {
      database.close();
    }
  }

  const halves = async () =>
    (await readdir(sqlite.folder)).filter((name) => name.includes('.half'));

  it('is one moment of a database that is written to meanwhile, in one file', async () => {
    await writePair(0);
    let isOver = false;
    let pairs = 1;
    const writing = (async () => {
      while (!isOver) {
        await writePair(pairs++);
        await nextTurn();
      }
    })();
    try {
      await backUpSqlite(sqlite.file, backup);
    } finally {
      isOver = true;
      await writing;
    }
    const rows = rowsOf(backup);
    expect(rows.length).toBeGreaterThanOrEqual(2);
    expect(rows.length % 2).toBe(0);
    expect(rows).toEqual(rows.map((_, index) => 1_000 + index));
    expect(existsSync(`${backup}-wal`)).toBe(false);
    expect(await halves()).toEqual([]);
  });

  it('overwrites nothing, and copies nothing that is not there', async () => {
    await writeFile(backup, 'kept');
    await expect(backUpSqlite(sqlite.file, backup)).rejects.toMatchObject({
      code: 'database.backup-unusable',
    });
    expect(await readFile(backup, 'utf8')).toBe('kept');
    await expect(backUpSqlite(`${sqlite.file}.no`, `${backup}2`)).rejects.toMatchObject({
      code: 'database.backup-unusable',
    });
  });

  it('is restored as another installation, which the replicas of the one before notice', async () => {
    await writePair(0);
    await backUpSqlite(sqlite.file, backup);
    const before = identityIn(sqlite.file);
    // In the log of the old file, which must not be applied to the new one.
    await writePair(1);
    const kept = await restoreSqlite(backup, sqlite.file);
    expect(rowsOf(sqlite.file)).toEqual([1_000, 1_001]);
    expect(rowsOf(kept ?? '')).toEqual([1_000, 1_001, 1_002, 1_003]);
    expect(journalOf(sqlite.file)).toBe('wal');
    const restored = identityIn(sqlite.file);
    expect(restored).not.toBe(before);
    await expect(writePair(2)).rejects.toMatchObject({ code: 'database.replaced' });
    expect(rowsOf(sqlite.file)).toEqual([1_000, 1_001]);
    // A replica that starts takes the identity as it is.
    const started = await openDatabase(sqlite.url);
    try {
      const { id } = await new InstallationReader(started.reader).get();
      expect(restored).toContain(id);
    } finally {
      await started.close();
    }
    expect(await halves()).toEqual([]);
  });

  it('is restored where nothing is, even beside the log of a database that is gone', async () => {
    await writePair(0);
    await backUpSqlite(sqlite.file, backup);
    await writePair(1);
    const place = `${sqlite.folder}/place.db`;
    await copyFile(`${sqlite.file}-wal`, `${place}-wal`);
    expect(await restoreSqlite(backup, place)).toBeUndefined();
    expect(rowsOf(place)).toEqual([1_000, 1_001]);
  });

  it('that is damaged, or of something else, changes nothing', async () => {
    for (let pair = 0; pair < 20; pair += 1) await writePair(pair);
    await backUpSqlite(sqlite.file, backup);
    const identity = identityIn(sqlite.file);
    const damaged = `${sqlite.folder}/damaged.db`;
    await copyFile(backup, damaged);
    const handle = await open(damaged, 'r+');
    const { size } = await handle.stat();
    // Every page but the first.
    await handle.write(Buffer.alloc(size - 4_096, 0xa5), 0, size - 4_096, 4_096);
    await handle.close();
    const text = `${sqlite.folder}/text.db`;
    await writeFile(text, 'no database at all '.repeat(100));
    const foreign = `${sqlite.folder}/foreign.db`;
    new BetterSqlite3(foreign).exec('CREATE TABLE other (id INTEGER)').close();
    const orphans = `${sqlite.folder}/orphans.db`;
    await copyFile(backup, orphans);
    const broken = new BetterSqlite3(orphans);
    broken.pragma('foreign_keys = OFF');
    broken.exec(`CREATE TABLE parent (id INTEGER PRIMARY KEY);
                 CREATE TABLE child (parent INTEGER REFERENCES parent (id));
                 INSERT INTO child VALUES (1)`);
    broken.close();
    for (const file of [damaged, orphans, text, foreign]) {
      await expect(restoreSqlite(file, sqlite.file)).rejects.toMatchObject({
        code: 'database.backup-unusable',
        family: 'user',
      });
      expect(identityIn(sqlite.file)).toBe(identity);
    }
    await writePair(20);
    expect(await halves()).toEqual([]);
  });
});
