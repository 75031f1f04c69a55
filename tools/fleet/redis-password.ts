import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RedisPassword {
  readonly password: string;
  /** Hands it to Redis: arguments are for all users of the machine to see. */
  readonly configFile: string;
}

/**
 * The password of the private Redis of this folder's fleet, made once: what waits there names customers and orders, and every
 * user of the machine reaches its port.
 */
export function ensureRedisPassword(stateFolder: string): RedisPassword {
  const configFile = join(stateFolder, 'redis.conf');
  if (!existsSync(configFile)) {
    const made = randomBytes(24).toString('hex');
    writeFileSync(configFile, `requirepass ${made}\n`, { mode: 0o600 });
  }
  const password = /^requirepass (\w+)$/m.exec(readFileSync(configFile, 'utf8'))?.[1];
  if (password === undefined) throw new Error(`${configFile} has no password; delete it`);
  return { password, configFile };
}
