import { loadConfig } from '#libs/config';
import { REDIS_USERS, redisAcl } from '#libs/redis';
import { folderEnvironment } from './fleet/folder-environment.js';
import { UsageError } from './usage-error.js';

const USAGE = 'usage: npm run redis:acl';

/**
 * `npm run redis:acl`: an ACL file for the CHANNEL_PREFIX, the PUSH_ADAPTER and the kind of REDIS_URL of this environment. Where a password belongs stands what
 * Redis refuses: no user works before somebody has put the hash of a password there.
 */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  if (args.length > 0) throw new UsageError(USAGE);
  const config = loadConfig(await folderEnvironment(process.cwd(), 'redis-acl'), 'authoring');
  const { channelPrefix, url } = config.redis;
  const isCluster = url.kind === 'cluster';
  const options = { channelPrefix, isCluster, adapter: config.push.adapter };
  print('user default reset');
  for (const user of REDIS_USERS) {
    print(`user ${user} on #SHA256-OF-ITS-PASSWORD ${redisAcl(user, options)}`);
  }
  return 0;
}
