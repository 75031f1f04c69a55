import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseDatabaseUrl } from '#libs/config';
import { systemClock } from '#libs/kernel';
import {
  describeOnEachDatabase,
  eventually,
  gate,
  openDatabase,
  TdsStandIn,
  TEST_READS,
  type DatabaseFixture,
  type Gate,
  type OpenDatabase,
} from '#libs/testing';
import { DataSource } from 'typeorm';
import { writeOptions } from '../opening/data-sources.js';
import { openReads, type DatabaseReads } from '../reads/open-reads.js';
import { SqlReader } from '../reads/sql-reader.js';
import { sql } from '../sql/sql.js';
import { UnitOfWork } from '../unit-of-work/unit-of-work.js';

const BUSY = { code: 'database.busy', status: 503, retryAfterSeconds: 1 };
const WAIT_MS = 300;
const BLOCKED = 20;

describe('the parts of the connections of SQL Server', () => {
  let server: TdsStandIn;
  let lock: Gate;
  let hears: boolean;
  let isOver: boolean;
  let reads: DatabaseReads;
  let writer: DataSource;
  let unitOfWork: UnitOfWork;

  beforeEach(async () => {
    lock = gate();
    hears = true;
    isOver = false;
    server = await TdsStandIn.start({
      delays: (text) => (text.includes('locked') ? lock.opened : undefined),
      hears: () => hears,
    });
    const url = `mssql://me:secret@localhost:${server.port}/shop?encrypt=false&poolMax=10&connectTimeoutMs=2000`;
    const target = parseDatabaseUrl(url);
    reads = await openReads(target, { ...TEST_READS, waitMs: WAIT_MS });
    writer = await new DataSource(writeOptions(target, WAIT_MS)).initialize();
    unitOfWork = new UnitOfWork(writer, {
      dialect: 'mssql',
      origin: 'test',
      clock: systemClock,
      maxTransactionMs: 60_000,
      waitMs: WAIT_MS,
      maxAttempts: 5,
      onListenerFailure: () => undefined,
    });
  });
  afterEach(async () => {
    isOver = true;
    lock.open();
    await reads.close();
    await writer.destroy();
    await server.stop();
  });

  const sent = (text: string) => server.statements.filter((each) => each.includes(text)).length;
  const read = (text: string, parameters: number[] = []) => reads.loads.read({ text, parameters });
  const write = (table: string, part?: 'upkeep' | 'heartbeat') =>
    unitOfWork.run(
      (tx) => tx.execute(sql`UPDATE ${sql.identifier(table)} SET id = 1`),
      part === undefined ? {} : { part },
    );

  /**
   * Asks again until so many statements are held: on a busy machine a connection may take longer to be made than its caller
   * waits, which is none of what is tested.
   */
  async function insist<T>(call: () => Promise<T>, text: string, held: number): Promise<T> {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (isOver || sent(text) >= held) throw error;
      }
    }
  }
  /** The first refusal: a connection that was made too late for the one that wanted it is there, and is taken first. */
  async function refusalOf(call: () => Promise<unknown>): Promise<unknown> {
    for (;;) {
      const before = sent('locked');
      let refusal: unknown;
      void call().catch((error: unknown) => (refusal = error));
      await eventually(
        'it is sent or refused',
        () => refusal !== undefined || sent('locked') > before,
      );
      if (refusal !== undefined) return refusal;
    }
  }
  /** What has a connection of its own is answered, however long that takes to be made. */
  const answered = <T>(call: () => Promise<T>) =>
    eventually('it is answered', () =>
      call().then(
        (value) => ({ value }),
        () => undefined,
      ),
    );

  it('leave half of the loads to other statements, however many values the blocked one names', async () => {
    const blocked = Promise.allSettled(
      Array.from({ length: BLOCKED }, (_, index) => {
        const parameters = Array.from({ length: (index % 4) + 1 }, (_each, value) => value);
        const names = parameters.map((value) => `@${value}`).join(', ');
        const text = `SELECT id AS id FROM locked WHERE id IN (${names})`;
        return insist(() => read(text, parameters), 'FROM locked', 5);
      }),
    );
    await eventually('they are sent', () => sent('FROM locked') === 5);
    const free = await answered(() => read('SELECT id AS id FROM free'));
    expect(free.value).toEqual([{ id: '1' }]);
    await answered(() => write('free'));
    await answered(() => write('free', 'heartbeat'));
    const log = { text: 'SELECT id AS id FROM invalidation_log', parameters: [] };
    expect((await answered(() => reads.following.read(log))).value).toHaveLength(1);
    await eventually('the others have given up', async () => {
      expect(sent('FROM locked')).toBe(5);
      await expect(read('SELECT id AS id FROM locked WHERE id IN (@0)', [1])).rejects.toMatchObject(
        BUSY,
      );
      return true;
    });
    lock.open();
    const outcomes = await blocked;
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const outcome of outcomes) {
      // Or one that waited for a connection which was not made in time.
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ status: 503 });
    }
  });

  it('keep jobs and the heartbeat going while all loads and writes are blocked', async () => {
    const blocked = Promise.allSettled([
      ...Array.from({ length: BLOCKED }, () => insist(() => write('locked'), 'locked', 20)),
      ...Array.from({ length: BLOCKED }, (_, index) =>
        insist(() => read(`SELECT id AS a${index} FROM locked`), 'locked', 20),
      ),
    ]);
    await eventually('they are sent', () => sent('locked') === 20);
    await expect(write('free')).rejects.toMatchObject(BUSY);
    await expect(read('SELECT id AS id FROM free')).rejects.toMatchObject(BUSY);
    await answered(() => write('free', 'upkeep'));
    await answered(() => write('free', 'heartbeat'));
    const upkeep = { text: 'SELECT id AS id FROM job', parameters: [] };
    const loaded = await answered(() => reads.loads.read(upkeep, { part: 'upkeep' }));
    expect(loaded.value).toEqual([{ id: '1' }]);
    const lockedJob = () => insist(() => write('locked', 'upkeep'), 'locked', 22);
    const jobs = Promise.allSettled([lockedJob(), lockedJob()]);
    await eventually('both are sent', () => sent('locked') === 22);
    await expect(write('free', 'upkeep')).rejects.toMatchObject(BUSY);
    await answered(() => write('free', 'heartbeat'));
    lock.open();
    expect((await jobs).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    const ended = (await blocked).map(({ status }) => status);
    expect(ended.filter((status) => status === 'fulfilled')).toHaveLength(20);
  });

  it('say that the database cannot be reached when a connection is not made in time', async () => {
    const one = Promise.all([
      insist(() => write('locked'), 'locked', 2),
      insist(() => read('SELECT id AS id FROM locked'), 'locked', 2),
    ]);
    await eventually('both have the connections there are', () => sent('locked') === 2);
    hears = false;
    const unavailable = { code: 'database.unavailable', status: 503, retryAfterSeconds: 2 };
    const reader = new SqlReader(reads.loads, 'mssql');
    expect(await refusalOf(() => reader.query(sql`SELECT id AS id FROM locked`))).toMatchObject(
      unavailable,
    );
    expect(await refusalOf(() => write('locked'))).toMatchObject(unavailable);
    lock.open();
    await one;
  });
});

describeOnEachDatabase('a table that somebody holds', (open, kind) => {
  let fixture: DatabaseFixture;
  let database: OpenDatabase;

  beforeEach(async () => {
    fixture = await open();
    database = await openDatabase(fixture.url);
    await database.writer.query('CREATE TABLE held (id INT)');
  });
  afterEach(async () => {
    await database.close();
    await fixture.remove();
  });

  /** Takes it from its readers: a change of the schema does that, whatever versions of rows there are. */
  async function hold(): Promise<() => Promise<void>> {
    if (kind === 'sqlite') return async () => undefined;
    const other = await new DataSource(writeOptions(parseDatabaseUrl(fixture.url))).initialize();
    const runner = other.createQueryRunner();
    await runner.startTransaction();
    await runner.query('ALTER TABLE held ADD more INT NULL');
    return async () => {
      await runner.rollbackTransaction();
      await runner.release();
      await other.destroy();
    };
  }
  /** Ends when the table is let go; on SQLite, where nobody waits for a table, when its thread is ended. */
  const blocked =
    kind === 'mssql'
      ? sql`SELECT id FROM held`
      : sql`
          WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
          SELECT NULL AS absent FROM c WHERE x % 1000 = 0`;

  it('stops neither other reads nor writes, following nor the heartbeat', async () => {
    // What has proven quick is what SQLite's threads leave room for; what a new one does first may be taken for slow.
    const other = sql`SELECT COUNT(*) AS found FROM category`;
    for (let time = 0; time < 3; time += 1) await database.reader.query(other);
    const release = await hold();
    let ended = 0;
    const reads = Promise.allSettled(
      Array.from({ length: BLOCKED }, () =>
        database.reader.query(blocked).finally(() => {
          ended += 1;
        }),
      ),
    );
    const write = (part: 'work' | 'heartbeat') =>
      database.unitOfWork.run((tx) => tx.execute(sql`DELETE FROM write_lock`), { part });
    try {
      expect(await database.reader.query(other)).toEqual([{ found: 0 }]);
      await write('work');
      await write('heartbeat');
      expect((await database.log.bounds()).last).toBeGreaterThanOrEqual(0);
      expect(ended).toBe(0);
    } finally {
      await release();
    }
    if (kind === 'sqlite') return;
    expect((await reads).map(({ status }) => status)).toEqual(Array(BLOCKED).fill('fulfilled'));
  });
});
