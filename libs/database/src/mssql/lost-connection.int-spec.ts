import { afterEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { TdsStandIn } from '#libs/testing';
import { writeOptions } from '../opening/data-sources.js';
import { sql } from '../sql/sql.js';
import type { Commit } from '../unit-of-work/transaction.js';
import { UnitOfWork } from '../unit-of-work/unit-of-work.js';

/** What a unit of work sends, in its order. */
const STATEMENTS = ['BEGIN', 'first_table', 'second_table', 'audit_log', 'invalidation_log'];
const MAX_ATTEMPTS = 3;

describe('a unit of work whose connection is lost', () => {
  let server: TdsStandIn;
  let writer: DataSource;
  let unitOfWork: UnitOfWork;
  let runs: number;
  let commits: Commit[];

  afterEach(async () => {
    await writer.destroy();
    await server.stop();
  });

  /** Cuts the connection in place of the answer, as often as told. */
  async function open(cutAt: string, times: number): Promise<void> {
    let left = times;
    server = await TdsStandIn.start({
      cuts: (text) => {
        if (left === 0 || !text.includes(cutAt)) return false;
        left -= 1;
        return true;
      },
    });
    const url = `mssql://me:secret@localhost:${server.port}/shop?encrypt=false`;
    writer = await new DataSource(writeOptions(parseDatabaseUrl(url))).initialize();
    server.statements.length = 0;
    unitOfWork = new UnitOfWork(writer, {
      dialect: 'mssql',
      origin: 'test',
      clock: systemClock,
      maxTransactionMs: 60_000,
      maxAttempts: MAX_ATTEMPTS,
      onListenerFailure: () => undefined,
    });
    runs = 0;
    commits = [];
    unitOfWork.onCommit((commit) => commits.push(commit));
  }

  const run = () =>
    unitOfWork.run(async (tx) => {
      runs += 1;
      await tx.execute(sql`UPDATE first_table SET id = 1`);
      await tx.execute(sql`UPDATE second_table SET id = 1`);
      tx.audit({ action: 'a:b:c', entity: 'thing', entityId: '1' });
      tx.invalidate('thing:1');
      return 'done';
    });
  /** The statements that the server was sent, by what tells them apart. */
  const sent = () =>
    server.statements.flatMap(
      (text) => [...STATEMENTS, 'COMMIT', 'ROLLBACK'].find((each) => text.includes(each)) ?? [],
    );

  it.each(STATEMENTS)('at %s is run again as a whole, and commits once', async (cutAt) => {
    await open(cutAt, 1);
    expect(await run()).toBe('done');
    const before = STATEMENTS.slice(0, STATEMENTS.indexOf(cutAt) + 1);
    expect(sent()).toEqual([...before, ...STATEMENTS, 'COMMIT']);
    expect(runs).toBe(cutAt === 'BEGIN' ? 1 : 2);
    expect(commits).toHaveLength(1);
  });

  it.each(STATEMENTS)(
    'at %s each time is given up with 503, and nothing commits',
    async (cutAt) => {
      await open(cutAt, MAX_ATTEMPTS);
      await expect(run()).rejects.toMatchObject({
        code: 'database.contention',
        status: 503,
        retryAfterSeconds: 1,
      });
      expect(sent()).not.toContain('COMMIT');
      expect(commits).toEqual([]);
      expect(await run()).toBe('done');
    },
  );

  it('at COMMIT is not run again: nobody knows whether it was made', async () => {
    await open('COMMIT', 1);
    await expect(run()).rejects.toMatchObject({ code: 'database.commit-unknown', status: 503 });
    expect(sent()).toEqual([...STATEMENTS, 'COMMIT']);
    expect(runs).toBe(1);
    expect(commits).toEqual([]);
    expect(await run()).toBe('done');
    expect(commits).toHaveLength(1);
  });
});
