import { newId } from '#libs/kernel';
import { PATIENT_READS } from './open-database.js';
import { startRedis, type RedisFixture } from './redis-fixture.js';
import { runTool, startReplica, type Role, type RunningReplica } from './replica-harness.js';
import { temporarySqlite } from './sqlite-fixture.js';
import { fromTemplate } from './sqlite-template.js';

/** The same for every fleet of a run: the seeded database is made once. */
const STAFF = { email: 'staff@lockstep.example', password: 'demo-of-the-test-fleets-4711' };

export interface StartFleetOptions {
  readonly commerce: number;
  readonly authoring: number;
  /** Configuration for every process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Configuration for one replica (`index` counts from 0 within the role), for instance JOBS_WORKER=false. */
  readonly envOf?: (role: Role, index: number) => NodeJS.ProcessEnv;
  /** Where the replicas reach Redis, when a proxy stands between. Default: the fleet's own Redis. */
  readonly redisUrl?: (redis: RedisFixture) => string | Promise<string>;
  /** Default: a SQLite file of the fleet's own. */
  readonly databaseUrl?: string;
  /** Whether the demo shop is seeded. Default true. Without it there is no staff user either. */
  readonly seed?: boolean;
}

export interface RunningFleet {
  readonly commerce: readonly RunningReplica[];
  readonly authoring: readonly RunningReplica[];
  readonly redis: RedisFixture;
  readonly databaseUrl: string;
  /** What every process got; for further tools and replicas. */
  readonly env: NodeJS.ProcessEnv;
  readonly staff: { readonly email: string; readonly password: string };
  /** One more replica of the role. */
  add(role: Role, env?: NodeJS.ProcessEnv): Promise<RunningReplica>;
  /** Ends every process and removes the data. */
  stop(): Promise<void>;
}

/**
 * A whole fleet of real processes with a Redis, a database and a namespace of its own: migrated, seeded, listening. Everything ends
 * with the test process; `stop` ends it earlier and must be called in afterAll.
 */
export async function startFleet(options: StartFleetOptions): Promise<RunningFleet> {
  const sqlite = await temporarySqlite();
  const redis = await startRedis();
  const databaseUrl = options.databaseUrl ?? sqlite.url;
  const replicas: Record<Role, RunningReplica[]> = { commerce: [], authoring: [] };
  const env: NodeJS.ProcessEnv = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: (await options.redisUrl?.(redis)) ?? redis.url,
    // The end of the id: its beginning is the time, which fleets share.
    CHANNEL_PREFIX: `test-${newId().slice(-12)}`,
    ...PATIENT_READS,
    ...options.env,
  };

  const start = (role: Role, extra: NodeJS.ProcessEnv = {}): Promise<RunningReplica> =>
    startReplica({ role, env: { ...env, ...extra } });
  const keep = (replica: RunningReplica): RunningReplica => {
    replicas[replica.role].push(replica);
    return replica;
  };
  const add = async (role: Role, extra?: NodeJS.ProcessEnv): Promise<RunningReplica> =>
    keep(await start(role, extra));
  const stop = async (): Promise<void> => {
    const all = [...replicas.commerce, ...replicas.authoring];
    for (const replica of all) replica.thaw();
    await Promise.all(all.map((replica) => replica.stop()));
    await redis.stop();
    await sqlite.remove();
  };

  const isSeeded = options.seed ?? true;
  const prepare = async (forTools: NodeJS.ProcessEnv): Promise<void> => {
    await runTool('migrate', forTools);
    if (!isSeeded) return;
    await runTool('seed', {
      ...forTools,
      LOCKSTEP_STAFF_EMAIL: STAFF.email,
      LOCKSTEP_STAFF_PASSWORD: STAFF.password,
    });
  };

  try {
    if (options.databaseUrl === undefined && isSeeded) {
      await fromTemplate('seeded', sqlite.file, (file) =>
        prepare({ ...env, DATABASE_URL: `sqlite:${file}` }),
      );
    } else await prepare(env);
    const wanted = (['commerce', 'authoring'] as const).flatMap((role) =>
      Array.from({ length: options[role] }, (_unused, index) => ({ role, index })),
    );
    const starting = wanted.map(({ role, index }) => start(role, options.envOf?.(role, index)));
    // Whatever has started must be known before one that did not ends the others.
    const started = await Promise.allSettled(starting);
    for (const one of started) if (one.status === 'fulfilled') keep(one.value);
    await Promise.all(starting);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...replicas, redis, databaseUrl, env, staff: STAFF, add, stop };
}
