import type { Type } from '@nestjs/common';
import type { Environment } from '#libs/config';
import { startRedis, type OpenDatabaseFixture } from '#libs/testing';
import { startStaffReplica, type StaffReplica } from './staff-replica.js';

/** The body of a store that sells in euros, in English. */
export const someStore = {
  code: 'shop',
  name: 'Shop',
  currencies: ['EUR'],
  locales: ['en'],
  defaultCurrency: 'EUR',
  defaultLocale: 'en',
} as const;

/** One authoring replica on a database and a Redis of its own. */
export interface BackOffice {
  readonly replica: StaffReplica;
  /** Of a session of the first administrator. */
  readonly token: string;
  /** Stops the replica and removes its data. */
  close(): Promise<void>;
}

/** `modules` is what the replica is made of besides the platform and identity. */
export async function openBackOffice(
  open: OpenDatabaseFixture,
  modules: readonly Type<unknown>[],
  env: Environment = {},
): Promise<BackOffice> {
  const [redis, database] = await Promise.all([startRedis(), open()]);
  const replica = await startStaffReplica({
    name: 'a',
    redisUrl: redis.url,
    databaseUrl: database.url,
    modules,
    env,
  });
  const token = await replica.signIn();
  return {
    replica,
    token,
    close: async () => {
      await replica.stop();
      await redis.stop();
      await database.remove();
    },
  };
}
