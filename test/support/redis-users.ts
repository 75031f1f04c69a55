import { REDIS_USERS, redisAcl, type RedisUser } from '#libs/redis';
import type { RedisFixture } from '#libs/testing';

/** Creates the users of an installation in a Redis, whose default user stays for the test; answers the address of each. */
export async function createRedisUsers(
  redis: Pick<RedisFixture, 'cli' | 'url'>,
  channelPrefix: string,
  adapter: 'pubsub' | 'streams' = 'pubsub',
): Promise<Readonly<Record<RedisUser, string>>> {
  const urls = REDIS_USERS.map(async (user) => {
    const rules = redisAcl(user, { channelPrefix, adapter }).split(' ');
    const answer = await redis.cli('ACL', 'SETUSER', user, 'reset', 'on', `>of-${user}`, ...rules);
    if (answer !== 'OK') throw new Error(`${user}: ${answer}`);
    return [user, redis.url.replace('://', `://${user}:of-${user}@`)] as const;
  });
  return Object.fromEntries(await Promise.all(urls)) as Record<RedisUser, string>;
}

/** What Redis has refused since it was started; nothing when it is an empty text. */
export function refusals(redis: Pick<RedisFixture, 'cli'>): Promise<string> {
  return redis.cli('ACL', 'LOG');
}
