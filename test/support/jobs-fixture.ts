import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { sql, type Transaction } from '#libs/database';
import { defineJob } from '#libs/jobs';
import {
  startRedis,
  type DatabaseFixture,
  type OpenDatabaseFixture,
  type RedisFixture,
} from '#libs/testing';
import { JobsReplica, type JobsReplicaOptions } from './jobs-replica.js';

export const countJob = defineJob({
  name: 'count',
  version: 1,
  schema: z.strictObject({ counter: z.string() }),
  retry: { attempts: 3, backoffMs: 20, maxBackoffMs: 50 },
});

/** One attempt, which may take a twentieth of a second. */
export const hastyJob = defineJob({
  name: 'hasty',
  version: 1,
  schema: countJob.schema,
  retry: { attempts: 1 },
  timeoutMs: 50,
});

type CountPayload = z.infer<typeof countJob.schema>;
type Script = (payload: CountPayload, context: JobContext) => Promise<void>;

/** A Redis, a database with counters, replicas, and a handler that does what the test says. */
export class JobsFixture {
  /** Runs that reached the handler. */
  runs = 0;
  handle: Script = async () => undefined;
  private readonly replicas: JobsReplica[] = [];
  private started = 0;

  private constructor(
    readonly redis: RedisFixture,
    readonly database: DatabaseFixture,
  ) {}

  static async create(open: OpenDatabaseFixture): Promise<JobsFixture> {
    return new JobsFixture(await startRedis(), await open());
  }

  async start(overrides: Partial<JobsReplicaOptions> = {}): Promise<JobsReplica> {
    this.started += 1;
    const replica = await JobsReplica.start({
      replicaId: `replica-${this.started}`,
      databaseUrl: this.database.url,
      redisUrl: this.redis.url,
      contracts: [countJob, hastyJob],
      handlers:
        overrides.role === 'commerce' ? [] : [this.handlerOf(countJob), this.handlerOf(hastyJob)],
      ...overrides,
    });
    this.replicas.push(replica);
    if (this.started === 1) {
      await replica.unitOfWork.run(async (tx) => {
        await tx.execute(sql`CREATE TABLE counter (name varchar(50) PRIMARY KEY, value integer)`);
      });
    }
    return replica;
  }

  /** A handler that increments its counter and says which. */
  readonly count: Script = ({ counter }, context) =>
    context.complete(async (tx) => {
      await this.increment(tx, counter);
      return { counted: counter };
    });

  /** Counters of one name are never made by two transactions at once. */
  async increment(tx: Transaction, name: string): Promise<void> {
    const counted = await tx.execute(
      sql`UPDATE counter SET value = value + 1 WHERE name = ${name}`,
    );
    if (counted === 0) await tx.execute(sql.insert('counter', [{ name, value: 1 }]));
  }

  async counter(name: string): Promise<number> {
    const rows = await this.anyReplica.reader.query<{ value: number }>(
      sql`SELECT value FROM counter WHERE name = ${name}`,
    );
    return rows[0]?.value ?? 0;
  }

  async remove(): Promise<void> {
    this.redis.thaw();
    await Promise.all(this.replicas.map((replica) => replica.stop()));
    await this.redis.stop();
    await this.database.remove();
  }

  private get anyReplica(): JobsReplica {
    const running = this.replicas.find(({ isStopped }) => !isStopped);
    if (running === undefined) throw new Error('no replica runs');
    return running;
  }

  /** A class per replica: the handler of each belongs to this fixture. */
  private handlerOf(contract: typeof countJob) {
    const run: Script = (payload, context) => {
      this.runs += 1;
      return this.handle(payload, context);
    };

    @Injectable()
    @JobHandler(contract)
    class Scripted implements HandlesJob<CountPayload> {
      handle(payload: CountPayload, context: JobContext): Promise<void> {
        return run(payload, context);
      }
    }
    return Scripted;
  }
}
