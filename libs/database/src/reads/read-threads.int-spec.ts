import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { existsSync, rmSync } from 'node:fs';
import { eventually, temporarySqlite, type SqliteFixture } from '#libs/testing';
import { ReadThreads, type ReadThreadsOptions } from './read-threads.js';

const BUSY = { code: 'database.busy', status: 503, retryAfterSeconds: 1 };
const ONE = { text: 'SELECT a, b FROM pair WHERE a = ?', parameters: [1] };
const FOUND = [{ a: 1, b: 'one' }];

/** Keeps a thread at work: about a second for ten million. */
function counting(steps: number) {
  return {
    text: `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < ?)
           SELECT COUNT(*) AS n FROM c`,
    parameters: [steps],
  };
}
/** Never ends by itself, and can be given up between two rows. */
const ENDLESS = {
  text: `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
         SELECT NULL AS absent FROM c WHERE x % 1000 = 0`,
  parameters: [],
};

describe('reads on worker threads', () => {
  let sqlite: SqliteFixture;
  let pools: ReadThreads[];
  let lost: string[];

  beforeEach(async () => {
    sqlite = await temporarySqlite();
    const database = new BetterSqlite3(sqlite.file);
    database.pragma('journal_mode = WAL');
    database.exec(`CREATE TABLE pair (a INTEGER, b TEXT, c BLOB, d REAL);
                   INSERT INTO pair VALUES (1, 'one', x'00ff', 0.5), (2, NULL, NULL, NULL)`);
    database.close();
    pools = [];
    lost = [];
  });

  afterEach(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
    await sqlite.remove();
  });

  it('tells what it was asked and how long a thread had it, and not what with', async () => {
    const told: unknown[][] = [];
    const pool = open({ threads: 1, onStatement: (...each) => told.push(each) });
    await pool.read(ONE);
    await expect(
      pool.read({ text: 'SELECT nothing FROM nowhere', parameters: [] }),
    ).rejects.toThrow();
    expect(told).toEqual([
      ['read', ONE.text, expect.any(Number)],
      ['read', 'SELECT nothing FROM nowhere', expect.any(Number)],
    ]);
  });

  function open(changes: Partial<ReadThreadsOptions> = {}): ReadThreads {
    const pool = new ReadThreads(sqlite.file, {
      threads: 2,
      waitMs: 60_000,
      limitMs: 60_000,
      onThreadLost: ({ message }) => lost.push(message),
      ...changes,
    });
    pools.push(pool);
    return pool;
  }

  /** Starts both threads, and has a statement known as quick: what a new thread does first may be taken for slow. */
  async function warmUp(pool: ReadThreads): Promise<void> {
    await pool.read(ONE);
    await Promise.all([pool.read(counting(1)), pool.read(ONE)]);
    for (let time = 0; time < 3; time += 1) await pool.read(ONE);
  }

  it('answers rows as the driver would', async () => {
    expect(await open().read({ text: 'SELECT * FROM pair ORDER BY a', parameters: [] })).toEqual([
      { a: 1, b: 'one', c: Buffer.from([0, 255]), d: 0.5 },
      { a: 2, b: null, c: null, d: null },
    ]);
    expect(await open().read({ text: 'SELECT a FROM pair WHERE a > 9', parameters: [] })).toEqual(
      [],
    );
  });

  it('passes on the code of an error of the database, and reads on', async () => {
    const pool = open();
    await expect(pool.read({ text: 'SELECT nothing', parameters: [] })).rejects.toMatchObject({
      code: 'SQLITE_ERROR',
    });
    await expect(
      pool.read({ text: 'DELETE FROM pair RETURNING a', parameters: [] }),
    ).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
    expect(await pool.read(ONE)).toEqual(FOUND);
    expect(lost).toEqual([]);
  });

  it('waits for a file that comes later', async () => {
    rmSync(sqlite.file);
    const pool = open();
    await expect(pool.read(ONE)).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' });
    const database = new BetterSqlite3(sqlite.file);
    database.exec(`CREATE TABLE pair (a INTEGER, b TEXT); INSERT INTO pair VALUES (1, 'one')`);
    database.close();
    expect(await pool.read(ONE)).toEqual(FOUND);
  });

  it('leaves the event loop and quick reads alone while slow ones run and wait', async () => {
    const pool = open();
    await warmUp(pool);
    const slow = Promise.allSettled(Array.from({ length: 4 }, () => pool.read(ENDLESS)));
    for (let turn = 0; turn < 100; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(await pool.read(ONE)).toEqual(FOUND);
    }
    expect(pool.waiting).toBe(3);
    await pool.close();
    expect((await slow).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  });

  it('does not trust a text it has not measured', async () => {
    const pool = open();
    await warmUp(pool);
    const unknown = { text: 'SELECT b FROM pair WHERE a = 1', parameters: [] };
    const reads = Promise.allSettled([pool.read(ENDLESS), pool.read(unknown)]);
    expect(await pool.read(ONE)).toEqual(FOUND);
    expect(pool.waiting).toBe(1);
    await pool.close();
    expect(await reads).toMatchObject([
      { status: 'rejected', reason: BUSY },
      { status: 'rejected', reason: BUSY },
    ]);
  });

  it('answers reads of one turn in their order', async () => {
    const pool = open();
    await pool.read(ONE);
    const many = Array.from({ length: 100 }, (_each, index) =>
      pool.read({ ...ONE, parameters: [index % 3] }),
    );
    const numbers = (await Promise.all(many)).map((rows) => rows.length);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_each, index) => (index % 3 ? 1 : 0)));
  });

  it('gives up a thread that exceeds the limit, and replaces it', async () => {
    // The one that takes its place has to start within the limit.
    const pool = open({ limitMs: 2_000 });
    await expect(pool.read(counting(60_000_000))).rejects.toMatchObject(BUSY);
    expect(lost).toEqual(['a read took longer than 2000 ms']);
    expect(
      await eventually('another thread answers', () => pool.read(ONE).catch(() => undefined)),
    ).toEqual(FOUND);
  });

  it('fails an answer that is too large, and reads on', async () => {
    const pool = open({ maxAnswerBytes: 1_000_000 });
    const text = `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
                  SELECT x, 'value ' || x AS t FROM c`;
    await expect(pool.read({ text, parameters: [] })).rejects.toMatchObject({
      code: 'database.answer-too-large',
    });
    expect(await pool.read(ONE)).toEqual(FOUND);
    expect(lost).toEqual([]);
  });

  it('ends a statement between two rows when its thread is given up', async () => {
    const pool = open({ limitMs: 2_000, threads: 1, maxAnswerBytes: Infinity });
    await expect(pool.read(ENDLESS)).rejects.toMatchObject(BUSY);
    await expect(pool.read(ENDLESS)).rejects.toMatchObject(BUSY);
    expect(
      await eventually('the next thread answers', () => pool.read(ONE).catch(() => undefined), {
        withinMs: 60_000,
      }),
    ).toEqual(FOUND);
  });

  it('replaces a thread that ends, and fails what it was at', async () => {
    const entry = new URL('../../test/processes/dying-read-thread.mjs', import.meta.url);
    const pool = open({ entry });
    await expect(pool.read(ONE)).rejects.toMatchObject(BUSY);
    expect(lost).toEqual(['a read thread ended with code 3']);
    expect(await pool.read(ONE)).toEqual(FOUND);
  });

  it('refuses a read whose turn does not come in time', async () => {
    const pool = open({ waitMs: 100, limitMs: 20_000 });
    const slow = pool.read(ENDLESS).catch((error: unknown) => error);
    await expect(pool.read(counting(5))).rejects.toMatchObject(BUSY);
    await pool.close();
    expect(await slow).toMatchObject(BUSY);
  });

  it('refuses reads at once when too many wait', async () => {
    const pool = open();
    const waiting = Array.from({ length: 2_001 }, (_each, index) =>
      pool.read(index === 0 ? ENDLESS : counting(1)).catch((error: unknown) => error),
    );
    await expect(pool.read(counting(1))).rejects.toMatchObject(BUSY);
    await pool.close();
    expect(await waiting.at(-1)).toMatchObject(BUSY);
  });

  it('lets a caller go who gives up, and never sends what still waits', async () => {
    const pool = open();
    const aborter = new AbortController();
    const reason = new Error('the client is gone');
    const options = { signal: aborter.signal };
    const reads = [ENDLESS, counting(1), counting(2)].map((each) => pool.read(each, options));
    const results = Promise.allSettled(reads);
    await eventually('one is sent', () => pool.waiting === 2);
    aborter.abort(reason);
    expect(await results).toEqual(reads.map(() => ({ status: 'rejected', reason })));
    expect(pool.waiting).toBe(0);
    await expect(pool.read(ONE, options)).rejects.toBe(reason);
  });

  it('takes nothing more when it is closed', async () => {
    const pool = open();
    await pool.read(ONE);
    await pool.close();
    await expect(pool.read(ONE)).rejects.toMatchObject({ code: 'database.unavailable' });
    expect(lost).toEqual([]);
  });

  it('ends no thread that is loading the driver, which would end the process', async () => {
    const entry = new URL('../../test/processes/slowly-loading-read-thread.mjs', import.meta.url);
    const pool = open({ entry });
    const read = pool.read(ONE).catch((error: unknown) => error);
    await eventually('it is loading', () => existsSync(`${sqlite.file}.loading`));
    await pool.close();
    // It does not wait for it without end.
    await eventually('it has loaded', () => existsSync(`${sqlite.file}.loaded`));
    expect(await read).toMatchObject(BUSY);
  });

  it('has no read wait for a thread that is loading while another one is free, and gives that up', async () => {
    const file = '../../test/processes/never-loading-read-thread.mjs';
    const pool = open({ entry: new URL(file, import.meta.url), limitMs: 5_000 });
    await pool.read(ONE);
    const reads = Array.from({ length: 20 }, () => [pool.read(counting(10)), pool.read(ONE)]);
    await eventually('another one is loading', () => existsSync(`${sqlite.file}.loading`));
    await Promise.all(reads.flat());
    await eventually('it is given up', () => lost.length > 0);
    expect(lost).toEqual(['a read thread took longer than 5000 ms to load']);
    expect(await pool.read(ONE)).toEqual(FOUND);
  });

  it('gives up a thread that is loading the driver, and replaces it', async () => {
    const file = '../../test/processes/very-slowly-loading-read-thread.mjs';
    const entry = new URL(file, import.meta.url);
    // The file may have been read by another slow one; and a real thread is there sooner, also on a busy machine.
    rmSync(`${sqlite.file}.loading`, { force: true });
    const pool = open({ entry, threads: 1, limitMs: 2_000 });
    await expect(pool.read(ONE)).rejects.toMatchObject(BUSY);
    expect(
      await eventually('the next thread answers', () => pool.read(ONE).catch(() => undefined), {
        withinMs: 60_000,
      }),
    ).toEqual(FOUND);
  });
});
