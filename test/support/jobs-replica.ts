import { Global, Module, type Provider, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ConfigModule, loadConfig, type Role } from '#libs/config';
import { DatabaseModule, PrimaryReader, sql, UnitOfWork, type JobContract } from '#libs/database';
import { runInContext } from '#libs/kernel';
import { Metrics, ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import { JobsAuthoringModule, type AnyJobSchedule } from '#authoring/jobs';
import { JobsModule, type AnyJobContract, type JobsTiming } from '#libs/jobs';
import { eventually, PATIENT_READS } from '#libs/testing';

export interface JobsReplicaOptions {
  readonly role?: Role;
  readonly replicaId: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly contracts: readonly AnyJobContract[];
  readonly handlers?: readonly Type[];
  readonly providers?: readonly Provider[];
  readonly schedules?: readonly AnyJobSchedule[];
  readonly timing?: Partial<JobsTiming>;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface StoredJob {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly run_token: number;
  readonly progress_json: string | null;
  readonly result_json: string | null;
  readonly error_json: string | null;
  readonly dispatched_at: number | null;
}

/** Impatient enough for tests; the relations between the values are those of production. */
const TEST_TIMING: Partial<JobsTiming> = {
  sweepMs: 100,
  claimMs: 3_000,
  redisTimeoutMs: 500,
  recheckMs: 1_000,
  leaseMs: 10_000,
  pollMs: 50,
  lockMs: 5_000,
  stalledMs: 300,
  progressMs: 50,
  abortGraceMs: 500,
  watchdogMs: 200,
  stuckMs: 500,
  announceMs: 200,
};

/** A replica that has nothing but jobs, with real SQL and a real Redis. */
export class JobsReplica {
  private stopped: Promise<void> | undefined;

  private constructor(readonly module: TestingModule) {}

  static async start(options: JobsReplicaOptions): Promise<JobsReplica> {
    const { role = 'authoring', handlers = [], providers = [], schedules = [] } = options;
    const environment = {
      DATABASE_URL: options.databaseUrl,
      REDIS_URL: options.redisUrl,
      REPLICA_ID: options.replicaId,
      LOG_LEVEL: 'silent',
      ...PATIENT_READS,
      SHUTDOWN_TIMEOUT_MS: '2000',
      ...options.environment,
    };
    const authoring = [JobsAuthoringModule.forRoot({ schedules })];

    @Global()
    @Module({ providers: [...handlers, ...providers], exports: [...providers] })
    class Extras {}

    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.forConfig(loadConfig(environment, role)),
        ObservabilityModule,
        RedisModule,
        DatabaseModule.forRoot({ isMigrating: true }),
        JobsModule.forRoot({
          contracts: options.contracts,
          timing: { ...TEST_TIMING, ...options.timing },
        }),
        ...(role === 'authoring' ? authoring : []),
        Extras,
      ],
    }).compile();
    try {
      await module.init();
    } catch (error) {
      await module.close();
      throw error;
    }
    return new JobsReplica(module);
  }

  get isStopped(): boolean {
    return this.stopped !== undefined;
  }

  get unitOfWork(): UnitOfWork {
    return this.module.get(UnitOfWork);
  }

  get reader(): PrimaryReader {
    return this.module.get(PrimaryReader);
  }

  get metrics(): Metrics {
    return this.module.get(Metrics);
  }

  enqueue<Payload>(
    job: JobContract<Payload>,
    payload: Payload,
    options: { requestedBy?: string; delayMs?: number } = {},
  ): Promise<string> {
    const { requestedBy, delayMs = 0 } = options;
    const actor = { kind: 'staff' as const, id: requestedBy ?? '', name: 'tester' };
    const context = { requestId: 'test', ...(requestedBy === undefined ? {} : { actor }) };
    return runInContext(context, () =>
      this.unitOfWork.run((tx) => tx.enqueue(job, payload, { delayMs })),
    );
  }

  async job(id: string): Promise<StoredJob> {
    const rows = await this.reader.query<StoredJob>(sql`SELECT * FROM job WHERE id = ${id}`);
    if (rows[0] === undefined) throw new Error(`no job ${id}`);
    return rows[0];
  }

  /** Until when a worker holds the job; epoch milliseconds. */
  async lease(id: string): Promise<number | null | undefined> {
    const rows = await this.reader.query<{ claimed_until: number | null }>(
      sql`SELECT claimed_until FROM job WHERE id = ${id}`,
    );
    return rows[0]?.claimed_until;
  }

  async isIn(id: string, state: string): Promise<boolean> {
    return (await this.job(id)).state === state;
  }

  async reaches(id: string, state: string): Promise<void> {
    await eventually(`the job is ${state}`, () => this.isIn(id, state));
  }

  async notifications(): Promise<{ audience: string; type: string }[]> {
    return this.reader.query(sql`SELECT audience, type FROM notification ORDER BY id`);
  }

  /** Stopping twice is harmless. */
  stop(): Promise<void> {
    this.stopped ??= this.module.close();
    return this.stopped;
  }
}
