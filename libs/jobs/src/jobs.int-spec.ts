import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { sql } from '#libs/database';
import { eventually, startRedis, temporarySqlite } from '#libs/testing';
import type { RedisFixture, SqliteFixture } from '#libs/testing';
import { JobsReplica } from '../test/jobs-replica.js';
import { JobHandler, type HandlesJob, type JobContext } from './authoring.js';
import { defineJob } from './index.js';

const addOne = defineJob({
  name: 'add-one',
  version: 1,
  schema: z.strictObject({ to: z.string() }),
  retry: { attempts: 3, backoffMs: 20, maxBackoffMs: 50 },
});

/** What the handler does in a test, and how often it was entered. */
const script: {
  runs: number;
  handle: (payload: { to: string }, context: JobContext) => Promise<void>;
} = { runs: 0, handle: async () => undefined };

@Injectable()
@JobHandler(addOne)
class AddOne implements HandlesJob<{ to: string }> {
  handle(payload: { to: string }, context: JobContext): Promise<void> {
    script.runs += 1;
    return script.handle(payload, context);
  }
}

describe('jobs', () => {
  let redis: RedisFixture;
  let sqlite: SqliteFixture;
  let replicas: JobsReplica[];
  let number = 0;

  const start = async (
    overrides: Partial<Parameters<typeof JobsReplica.start>[0]> = {},
  ): Promise<JobsReplica> => {
    number += 1;
    const replica = await JobsReplica.start({
      replicaId: `replica-${number}`,
      databaseUrl: sqlite.url,
      redisUrl: redis.url,
      contracts: [addOne],
      handlers: overrides.role === 'commerce' ? [] : [AddOne],
      ...overrides,
    });
    replicas.push(replica);
    return replica;
  };

  const createCounter = (replica: JobsReplica): Promise<unknown> =>
    replica.unitOfWork.run(async (tx) => {
      await tx.execute(sql`CREATE TABLE IF NOT EXISTS counter (name text PRIMARY KEY, value int)`);
      await tx.execute(sql`INSERT INTO counter (name, value) VALUES ('a', 0)`);
    });

  const increment = (tx: {
    execute: JobsReplica['unitOfWork'] extends never
      ? never
      : (statement: ReturnType<typeof sql>) => Promise<number>;
  }) => tx.execute(sql`UPDATE counter SET value = value + 1 WHERE name = 'a'`);

  const counter = async (replica: JobsReplica): Promise<number> => {
    const rows = await replica.reader.query<{ value: number }>(
      sql`SELECT value FROM counter WHERE name = 'a'`,
    );
    return rows[0]?.value ?? -1;
  };

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    replicas = [];
    script.runs = 0;
    script.handle = async () => undefined;
    sqlite = await temporarySqlite();
    await redis.cli('FLUSHALL');
  });
  afterEach(async () => {
    redis.thaw();
    await Promise.all(replicas.map((replica) => replica.stop()));
    await sqlite.remove();
  });

  it('runs a job that a commerce replica enqueued, and tells whoever asked for it', async () => {
    const authoring = await start();
    const commerce = await start({ role: 'commerce' });
    await createCounter(authoring);
    script.handle = (_payload, context) =>
      context.complete(async (tx) => {
        await increment(tx);
        return { counted: 1 };
      });
    const id = await commerce.enqueue(addOne, { to: 'a' }, { requestedBy: 'user-1' });
    await eventually('the job completes', () => commerce.isIn(id, 'completed'));
    expect(await counter(commerce)).toBe(1);
    expect((await commerce.job(id)).result_json).toBe('{"counted":1}');
    expect(await commerce.notifications()).toEqual([
      { audience: 'user:user-1', type: 'job.completed' },
    ]);
  });
});
