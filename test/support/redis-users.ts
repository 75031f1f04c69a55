import type { PushConfig } from '#libs/config';
import { REDIS_USERS, redisAcl, type RedisUser } from '#libs/redis';
import type { ClusterFixture, RedisFixture } from '#libs/testing';

type Adapter = PushConfig['adapter'];

/** Creates the users of an installation in a Redis, whose default user stays for the test; answers the address of each. */
export async function createRedisUsers(
  redis: Pick<RedisFixture, 'cli' | 'url'>,
  channelPrefix: string,
  { isCluster = false, adapter = 'pubsub' }: { isCluster?: boolean; adapter?: Adapter } = {},
): Promise<Readonly<Record<RedisUser, string>>> {
  const urls = REDIS_USERS.map(async (user) => {
    const rules = redisAcl(user, { channelPrefix, adapter, isCluster }).split(' ');
    const answer = await redis.cli('ACL', 'SETUSER', user, 'reset', 'on', `>of-${user}`, ...rules);
    if (answer !== 'OK') throw new Error(`${user}: ${answer}`);
    return [user, redis.url.replace('://', `://${user}:of-${user}@`)] as const;
  });
  return Object.fromEntries(await Promise.all(urls)) as Record<RedisUser, string>;
}

/** The same at every node of a cluster. */
export async function createClusterUsers(
  { nodes, url }: Pick<ClusterFixture, 'nodes' | 'url'>,
  channelPrefix: string,
  adapter: Adapter = 'pubsub',
): Promise<Readonly<Record<RedisUser, string>>> {
  const created = nodes.map(({ cli }) =>
    createRedisUsers({ cli, url }, channelPrefix, { isCluster: true, adapter }),
  );
  const [urls] = await Promise.all(created);
  if (urls === undefined) throw new Error('the cluster has no node');
  return urls;
}

/** What Redis has refused since it was started; nothing when it is an empty text. */
export function refusals(redis: Pick<RedisFixture, 'cli'>): Promise<string> {
  return redis.cli('ACL', 'LOG');
}
