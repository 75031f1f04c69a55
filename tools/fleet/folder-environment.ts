import { join } from 'node:path';
import { processEnvironment, type Environment } from '#libs/config';
import { askFleet } from './control-channel.js';
import { fleetEnvironment } from './fleet-environment.js';
import { lastPortOf } from './fleet-ports.js';
import { ensureRedisPassword } from './redis-password.js';

/** Refused at once: a replica works without Redis. */
const REDIS_OF_NOBODY = 'redis://127.0.0.1:1';

/** For a tool beside the fleet: the caller's environment; what it does not say is as for the fleet of this folder. */
export async function folderEnvironment(root: string, tool: string): Promise<Environment> {
  const given = processEnvironment();
  const isDeployed =
    given['DATABASE_URL_FILE'] !== undefined || given['REDIS_URL_FILE'] !== undefined;
  const redisUrl = given['REDIS_URL'] ?? (await redisOfFleet(root)) ?? REDIS_OF_NOBODY;
  return {
    LOG_LEVEL: 'error',
    ...(isDeployed ? given : fleetEnvironment(root, redisUrl)),
    REPLICA_ID: `${tool}-${process.pid}`,
  };
}

async function redisOfFleet(root: string): Promise<string | undefined> {
  if ((await askFleet(root)) === undefined) return undefined;
  const stateFolder = join(root, '.lockstep');
  const port = lastPortOf(join(stateFolder, 'ports.json'), 'redis', 1);
  if (port === undefined) return undefined;
  return `redis://:${ensureRedisPassword(stateFolder).password}@127.0.0.1:${port}`;
}
