import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StaffLogin } from './staff-login.js';

/** A short name of the folder, the same at every start; two checkouts never share it. */
export function folderMark(root: string): string {
  return createHash('sha256').update(root).digest('hex').slice(0, 8);
}

/**
 * What every process of this folder's fleet gets: the caller's environment, with a database file and a namespace in Redis of the
 * folder's own unless the caller has chosen others.
 */
export function fleetEnvironment(root: string, redisUrl: string): NodeJS.ProcessEnv {
  const dataFolder = join(root, 'data');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  // Also where an earlier version has made it: customers and orders are nobody's business but the owner's.
  chmodSync(dataFolder, 0o700);
  return {
    DATABASE_URL: `sqlite:${join(dataFolder, 'lockstep.db')}`,
    CHANNEL_PREFIX: `lockstep-${folderMark(root)}`,
    ...process.env,
    REDIS_URL: redisUrl,
    HOST: '127.0.0.1',
  };
}

/** The seed needs the login as well; the replicas never see the password. */
export function seedEnvironment(env: NodeJS.ProcessEnv, login: StaffLogin): NodeJS.ProcessEnv {
  return { ...env, LOCKSTEP_STAFF_EMAIL: login.email, LOCKSTEP_STAFF_PASSWORD: login.password };
}
