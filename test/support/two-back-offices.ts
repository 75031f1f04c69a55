import { startRedis, type OpenDatabaseFixture, type RedisFixture } from '#libs/testing';
import { startStaffReplica, type StaffReplica, type StaffReplicaOptions } from './staff-replica.js';

/** Two authoring replicas on one database and one Redis of their own. */
export interface TwoBackOffices {
  readonly a: StaffReplica;
  readonly b: StaffReplica;
  readonly redis: RedisFixture;
  /** Of a session of the first administrator. */
  readonly token: string;
  /** Stops both and removes their data. */
  close(): Promise<void>;
}

/** `shared` is what both are started with. */
export async function openTwoBackOffices(
  open: OpenDatabaseFixture,
  shared: Pick<StaffReplicaOptions, 'modules' | 'configure' | 'env'>,
): Promise<TwoBackOffices> {
  const [redis, database] = await Promise.all([startRedis(), open()]);
  const options = { ...shared, redisUrl: redis.url, databaseUrl: database.url };
  const a = await startStaffReplica({ ...options, name: 'a' });
  const b = await startStaffReplica({ ...options, name: 'b' });
  const token = await a.signIn();
  return {
    a,
    b,
    redis,
    token,
    close: async () => {
      await Promise.all([a.stop(), b.stop()]);
      await redis.stop();
      await database.remove();
    },
  };
}
