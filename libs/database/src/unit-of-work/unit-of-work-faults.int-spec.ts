import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { rename, rm } from 'node:fs/promises';
import { systemClock } from '#libs/kernel';
import { SqliteFaults, temporarySqlite, type SqliteFixture } from '#libs/testing';
import { parseDatabaseUrl } from '#libs/config';
import type { DataSource } from 'typeorm';
import { openMigrated, writeOptions } from '../opening/data-sources.js';
import { sql } from '../sql/sql.js';
import type { Commit, Transaction } from './transaction.js';
import { UnitOfWork } from './unit-of-work.js';

const CODES = [
  'SQLITE_FULL',
  'SQLITE_IOERR_WRITE',
  'SQLITE_IOERR_FSYNC',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
];
/** BEGIN, the write lock, two of the work, one of the effects, COMMIT. */
const STATEMENTS = 6;

describe('UnitOfWork when SQLite fails', () => {
  let sqlite: SqliteFixture;
  let faults: SqliteFaults;
  let writer: DataSource;
  let unitOfWork: UnitOfWork;
  let commits: Commit[];

  beforeEach(async () => {
    sqlite = await temporarySqlite();
    faults = new SqliteFaults();
    writer = await openMigrated(
      {
        ...writeOptions(parseDatabaseUrl(sqlite.url)),
        driver: faults.driver,
      },
      10_000,
    );
    unitOfWork = new UnitOfWork(writer, {
      dialect: 'sqlite',
      origin: 'test',
      clock: systemClock,
      maxTransactionMs: 10_000,
      maxAttempts: 5,
      onListenerFailure: () => undefined,
    });
    commits = [];
    unitOfWork.onCommit((commit) => commits.push(commit));
    faults.arm(undefined);
  });

  afterEach(async () => {
    await writer.destroy();
    await sqlite.remove();
  });

  const write = (id: number, during: (tx: Transaction) => Promise<void> = async () => undefined) =>
    unitOfWork.run(async (tx) => {
      await tx.execute(sql.insert('write_lock', [{ id }]));
      await during(tx);
      await tx.execute(sql.insert('write_lock', [{ id: id + 1 }]));
      tx.invalidate('product:1');
    });

  /** What another process finds: the rows that are on disk, and that nobody holds the write lock. */
  const onDisk = (): number[] => {
    const other = new BetterSqlite3(sqlite.file, { timeout: 0 });
    try {
      other.exec('BEGIN IMMEDIATE');
      return other.prepare('SELECT id FROM write_lock ORDER BY id').pluck().all() as number[];
    } finally {
      other.close();
    }
  };

  it('sends the row of the log last, right before the commit', async () => {
    await write(1);
    expect(faults.sent).toHaveLength(STATEMENTS);
    expect(faults.sent.slice(-2)).toEqual([
      expect.stringContaining('"invalidation_log"'),
      'COMMIT',
    ]);
  });

  it('names everything instead of cutting off when there are more than 5,000 tags', async () => {
    await unitOfWork.run(async (tx) => {
      for (let index = 0; index <= 5_000; index += 1) tx.invalidate(`product:${index}`);
    });
    expect(commits.map(({ tags }) => tags)).toEqual([['*']]);
    const rows = await writer.query<{ tags_json: string }[]>(
      'SELECT tags_json FROM invalidation_log',
    );
    expect(rows.map((row) => row.tags_json)).toEqual(['["*"]']);
  });

  it.each(CODES)('stores what it acknowledges, whichever statement met %s', async (code) => {
    let id = 10;
    const expected: number[] = [];
    for (const endsTransaction of [true, false]) {
      for (const failsToRollBack of [false, true]) {
        for (let failing = 0; failing < STATEMENTS; failing += 1) {
          id += 10;
          faults.arm({
            code,
            endsTransaction,
            hits: (text, index) => index === failing || (failsToRollBack && text === 'ROLLBACK'),
          });
          await expect(write(id)).rejects.toMatchObject({ status: 503 });
          expect(faults.sent.length).toBeGreaterThan(failing);
          expect(commits).toEqual([]);
          expect(onDisk()).toEqual(expected);
          faults.arm(undefined);
          id += 10;
          await write(id);
          expected.push(id, id + 1);
          expect(onDisk()).toEqual(expected);
          expect(commits.splice(0)).toHaveLength(1);
        }
      }
    }
  });

  it('commits nothing when the work goes on after a failure that ended the transaction', async () => {
    await expect(
      write(1, async (tx) => {
        faults.arm({
          code: 'SQLITE_FULL',
          endsTransaction: true,
          hits: (_text, index) => index === 0,
        });
        await tx.execute(sql.insert('write_lock', [{ id: 7 }])).catch(() => undefined);
      }),
    ).rejects.toMatchObject({ code: 'database.transaction-lost' });
    expect(onDisk()).toEqual([]);
  });

  it('refuses statements that a failed work still sends', async () => {
    let late: Promise<unknown> = Promise.resolve();
    let go: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      go = resolve;
    });
    await expect(
      write(1, async (tx) => {
        const { manager } = tx;
        late = opened.then(() => manager.query('INSERT INTO write_lock (id) VALUES (99)'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    // Another process may write at once: the lock went with the transaction.
    expect(onDisk()).toEqual([]);
    await write(3, async () => {
      go();
      await expect(late).rejects.toThrow();
    });
    expect(onDisk()).toEqual([3, 4]);
  });

  it('ends a unit of work whose work hangs, and lets the next one write', async () => {
    const impatient = new UnitOfWork(writer, {
      dialect: 'sqlite',
      origin: 'test',
      clock: systemClock,
      // Of which the database must not seem to have taken half.
      maxTransactionMs: 2_000,
      maxAttempts: 5,
      onListenerFailure: () => undefined,
    });
    await expect(
      impatient.run(async (tx) => {
        await tx.execute(sql.insert('write_lock', [{ id: 1 }]));
        await new Promise(() => undefined);
      }),
    ).rejects.toMatchObject({ code: 'database.unit-of-work-too-long' });
    await write(3);
    expect(onDisk()).toEqual([3, 4]);
  });

  it('says that the database was too slow when it was the database that took the time', async () => {
    const { monotonicMs } = systemClock;
    let aheadMs = 0;
    systemClock.monotonicMs = () => monotonicMs() + aheadMs;
    faults.arm({
      code: 'SQLITE_FULL',
      endsTransaction: false,
      hits: (text) => {
        if (text.startsWith('INSERT')) aheadMs += 4_000;
        return false;
      },
    });
    try {
      await expect(write(1)).rejects.toMatchObject({
        code: 'database.too-slow',
        status: 503,
        retryAfterSeconds: 2,
      });
    } finally {
      systemClock.monotonicMs = monotonicMs;
      faults.arm(undefined);
    }
    expect([onDisk(), commits]).toEqual([[], []]);
    await write(3);
    expect(onDisk()).toEqual([3, 4]);
  });

  it.each(['deleted', 'replaced', 'deleted while the work runs', 'without its log'])(
    'acknowledges nothing once the file is %s',
    async (how) => {
      await write(1);
      const away = `${sqlite.file}.away`;
      const during = async () => {
        if (how === 'without its log') return rm(`${sqlite.file}-wal`);
        await rename(sqlite.file, away);
        if (how === 'replaced') new BetterSqlite3(sqlite.file).exec('CREATE TABLE t (x)').close();
        return undefined;
      };
      if (!how.includes('while')) await during();
      await expect(write(3, how.includes('while') ? during : undefined)).rejects.toMatchObject({
        code: 'database.replaced',
        status: 503,
      });
      expect(commits).toHaveLength(1);
    },
  );

  it('syncs every commit to the disk, on a connection that was opened anew as well', async () => {
    const level = async () =>
      (await writer.query<{ synchronous: number }[]>('PRAGMA synchronous'))[0];
    expect(await level()).toEqual({ synchronous: 2 });
    faults.arm({ code: 'SQLITE_FULL', endsTransaction: true, hits: (text) => text === 'COMMIT' });
    await expect(write(1)).rejects.toMatchObject({ code: 'database.not-writable' });
    expect(await level()).toEqual({ synchronous: 2 });
  });
});
