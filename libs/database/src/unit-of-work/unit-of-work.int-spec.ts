import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { deferred, runInContext, type RequestContext } from '#libs/kernel';
import {
  describeOnEachDatabase,
  gate,
  openDatabase,
  type DatabaseFixture,
  type OpenDatabase,
} from '#libs/testing';
import { defineJob } from '../contracts/job-contract.js';
import { sql } from '../sql/sql.js';
import type { Commit } from './transaction.js';

const greet = defineJob({
  name: 'greet',
  version: 1,
  schema: z.strictObject({ name: z.string() }),
});

describeOnEachDatabase('UnitOfWork', (open) => {
  let fixture: DatabaseFixture;
  let database: OpenDatabase;
  let commits: Commit[];
  let statements: string[];

  beforeEach(async () => {
    fixture = await open();
    statements = [];
    database = await openDatabase(fixture.url, {
      onStatement: (kind, text, ms) => statements.push(`${kind} ${text} ${ms >= 0}`),
    });
    await database.unitOfWork.run((tx) => tx.execute(sql`DELETE FROM write_lock`));
    commits = [];
    database.unitOfWork.onCommit((commit) => commits.push(commit));
  });

  afterEach(async () => {
    await database.close();
    await fixture.remove();
  });

  const insert = (id: number) => sql.insert('write_lock', [{ id }]);
  const ids = async () =>
    (await database.reader.query<{ id: number }>(sql`SELECT id FROM write_lock ORDER BY id`)).map(
      (row) => row.id,
    );

  /** How many rows there are in each table that a unit of work writes to. */
  const everything = () =>
    Promise.all(
      ['write_lock', 'invalidation_log', 'job', 'audit_log', 'notification'].map((table) =>
        database.reader.query(
          sql`SELECT ${table} AS name, COUNT(*) AS found FROM ${sql.identifier(table)}`,
        ),
      ),
    );

  it('commits rows, invalidations, jobs, notifications and audit lines together', async () => {
    const before = (await database.log.bounds()).last;
    const jobId = await database.unitOfWork.run(async (tx) => {
      await tx.execute(insert(1));
      tx.invalidate('product:1', 'product:1', 'category:2');
      tx.notify('user:ada', { type: 'greeted', payload: { times: 1 } });
      tx.audit({ action: 'a:b:c', entity: 'thing', entityId: '1', after: { password: 'secret!' } });
      return tx.enqueue(greet, { name: 'Ada' });
    });
    expect(commits).toHaveLength(1);
    expect(commits[0]?.tags).toEqual(['product:1', 'category:2']);
    expect(commits[0]?.jobs).toEqual([
      expect.objectContaining({ id: jobId, name: 'greet', queue: 'greet.v1' }),
    ]);
    expect(commits[0]?.notifications[0]).toMatchObject({ audience: 'user:ada', type: 'greeted' });
    const { records } = await database.log.readAfter(before, 10);
    expect(records).toMatchObject([
      { position: commits[0]?.position, tags: ['product:1', 'category:2'] },
    ]);
    const jobs = await database.reader.query<{ state: string; payload_json: string }>(
      sql`SELECT state, payload_json FROM job WHERE id = ${jobId}`,
    );
    expect(jobs).toEqual([{ state: 'pending', payload_json: '{"name":"Ada"}' }]);
    const audits = await database.reader.query<{ after_json: string }>(
      sql`SELECT after_json FROM audit_log ORDER BY at DESC, id DESC ${sql.limit(1)}`,
    );
    expect(audits[0]?.after_json).toBe('{"password":"[redacted]"}');
  });

  it.each(['by itself', 'when its effects are written'])(
    'leaves nothing behind when the work fails %s',
    async (when) => {
      const before = await everything();
      const failed = database.unitOfWork.run(async (tx) => {
        await tx.execute(insert(1));
        tx.invalidate('product:1');
        tx.notify('user:ada', { type: 'greeted', payload: { times: 1 } });
        tx.audit({ action: 'a:b:c', entity: 'thing', entityId: '1' });
        await tx.enqueue(greet, { name: 'Ada' });
        if (when === 'by itself') throw new Error('changed my mind');
        // The table refuses it, when the job, the audit line and the first notification are there.
        tx.notify('user:ada', { type: null as unknown as string, payload: {} });
      });
      await expect(failed).rejects.toThrow();
      expect(await everything()).toEqual(before);
      expect(commits).toEqual([]);
    },
  );

  it('tells which statements it sent, and not with what', async () => {
    statements.splice(0);
    await database.unitOfWork.run((tx) => tx.execute(insert(4_711)));
    expect(statements.filter((each) => each.includes('INSERT'))).toEqual([
      expect.stringMatching(/^write INSERT INTO .*write_lock.* true$/s),
    ]);
    expect(statements.join()).not.toContain('4711');
  });

  it('keeps overlapping units of work apart', async () => {
    const failing = gate();
    const results = await Promise.allSettled([
      database.unitOfWork.run(async (tx) => {
        await tx.execute(insert(1));
        setImmediate(() => failing.open());
        await failing.opened;
        throw new Error('no');
      }),
      database.unitOfWork.run((tx) => tx.execute(insert(2))),
      database.unitOfWork.run((tx) => tx.execute(insert(3))),
    ]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await ids()).toEqual([2, 3]);
  });

  it('joins a nested unit of work to the outer one', async () => {
    await expect(
      database.unitOfWork.run(async (tx) => {
        await tx.execute(insert(1));
        await database.unitOfWork.run((inner) => inner.execute(insert(2)));
        throw new Error('outer fails');
      }),
    ).rejects.toThrow('outer fails');
    expect(await ids()).toEqual([]);
  });

  it('is not under way for what it leaves behind, which writes in one of its own', async () => {
    const { unitOfWork } = database;
    const end = deferred<undefined>();
    let left: Promise<boolean> | undefined;
    await unitOfWork.run(async (tx) => {
      await tx.execute(insert(1));
      left = end.promise.then(async () => {
        const wasUnderWay = unitOfWork.isUnderWay;
        await unitOfWork.run((own) => own.execute(insert(2)));
        return wasUnderWay;
      });
      expect(unitOfWork.isUnderWay).toBe(true);
    });
    end.resolve(undefined);
    expect(await left).toBe(false);
    expect(await ids()).toEqual([1, 2]);
  });

  it('shows readers only what is committed', async () => {
    await database.unitOfWork.run(async (tx) => {
      await tx.execute(insert(1));
      if (database.unitOfWork.dialect === 'sqlite') expect(await ids()).toEqual([]);
    });
    expect(await ids()).toEqual([1]);
  });

  it('runs the whole work again after a transient error', async () => {
    let runs = 0;
    await database.unitOfWork.run(async (tx) => {
      runs += 1;
      await tx.execute(insert(runs));
      tx.invalidate(`run:${runs}`);
      if (runs < 3) throw Object.assign(new Error('busy'), transientError(database));
    });
    expect(runs).toBe(3);
    expect(await ids()).toEqual([3]);
    expect(commits.map((commit) => commit.tags)).toEqual([['run:3']]);
  });

  it('gives up a work that meets transient errors for ever', async () => {
    let runs = 0;
    await expect(
      database.unitOfWork.run(() => {
        runs += 1;
        throw Object.assign(new Error('busy'), transientError(database));
      }),
    ).rejects.toMatchObject({ code: 'database.contention', status: 503 });
    expect(runs).toBe(5);
  });

  it('refuses to commit a work that took longer than a transaction may', async () => {
    let now = 0;
    const slow = await openDatabase(fixture.url, {
      clock: { monotonicMs: () => now, wallMs: () => Date.now() },
    });
    try {
      await expect(
        slow.unitOfWork.run(async (tx) => {
          await tx.execute(insert(1));
          now += 10_001;
        }),
      ).rejects.toMatchObject({ code: 'database.unit-of-work-too-long' });
      expect(await ids()).toEqual([]);
    } finally {
      await slow.close();
    }
  });

  it('refuses use of a transaction after it ended', async () => {
    let leaked: { invalidate(tag: string): void } | undefined;
    await database.unitOfWork.run((tx) => {
      leaked = tx;
      return Promise.resolve();
    });
    expect(() => leaked?.invalidate('x')).toThrow(
      expect.objectContaining({ code: 'database.unit-of-work-finished' }),
    );
  });

  it('tells the request which position its commit has', async () => {
    const context: RequestContext = { requestId: 'r1' };
    await runInContext(context, () =>
      database.unitOfWork.run((tx) => {
        tx.invalidate('a');
        return Promise.resolve();
      }),
    );
    expect(context.position).toBe(commits[0]?.position);
    expect(context.position).toBeGreaterThan(0);
  });

  it('does not let a failing listener reach the caller or the other listeners', async () => {
    database.unitOfWork.onCommit(() => {
      throw new Error('listener');
    });
    let isCalled = false;
    database.unitOfWork.onCommit(() => {
      isCalled = true;
    });
    await database.unitOfWork.run((tx) => tx.execute(insert(1)));
    expect(isCalled).toBe(true);
    expect(database.listenerFailures).toHaveLength(1);
  });

  it('returns the waiting job instead of adding a second one under the same key', async () => {
    const enqueue = () =>
      database.unitOfWork.run((tx) => tx.enqueue(greet, { name: 'Ada' }, { dedupeKey: 'ada' }));
    const [first, second] = [await enqueue(), await enqueue()];
    expect(second).toBe(first);
    await database.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE job SET state = 'completed' WHERE id = ${first}`),
    );
    expect(await enqueue()).not.toBe(first);
    await database.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE job SET state = 'completed' WHERE dedupe_key = 'ada'`),
    );
  });

  it('refuses a payload that the contract does not allow, and commits nothing', async () => {
    await expect(
      database.unitOfWork.run(async (tx) => {
        await tx.execute(insert(1));
        await tx.enqueue(greet, { name: 7 } as unknown as { name: string });
      }),
    ).rejects.toThrow();
    expect(await ids()).toEqual([]);
  });

  it('keeps integers up to 2^53 and times to the millisecond exact', async () => {
    const big = Number.MAX_SAFE_INTEGER;
    // A float of four bytes, a time of whole seconds, or one of 1/300 seconds, tells none of these from the next.
    const times = [1_764_315_123_456, 1_764_315_123_457, 1_764_315_123_999, 8.64e15 - 1];
    await database.unitOfWork.run(async (tx) => {
      await tx.execute(insert(big));
      for (const noted_at of times) {
        const note = { replica_id: String(noted_at), role: 'commerce', keys_json: '[]' };
        await tx.execute(sql.insert('hot_keys', [{ ...note, noted_at }]));
      }
    });
    expect(await ids()).toEqual([big]);
    const notes = await database.reader.query<{ noted_at: number }>(
      sql`SELECT noted_at FROM hot_keys ORDER BY noted_at`,
    );
    expect(notes.map((note) => note.noted_at)).toEqual(times);
  });
});

function transientError(database: OpenDatabase): object {
  return database.unitOfWork.dialect === 'sqlite' ? { code: 'SQLITE_BUSY' } : { number: 1205 };
}
