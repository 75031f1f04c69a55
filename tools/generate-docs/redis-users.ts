import { loadConfig } from '#libs/config';
import { REDIS_USERS, redisAcl } from '#libs/redis';
import type { GeneratedDocument } from './generated-document.js';

/** The users of Redis in compose, for the prefix and the adapter that its replicas have; docker/redis/start.sh adds the passwords. */
export function redisUsersDocument(): GeneratedDocument {
  const { redis, push } = loadConfig({ REDIS_URL: 'redis://127.0.0.1' }, 'authoring');
  const options = { channelPrefix: redis.channelPrefix, adapter: push.adapter };
  const lines = REDIS_USERS.map((user) => `${user} ${redisAcl(user, options)}\n`);
  return { path: 'docker/redis/users.acl', text: lines.join('') };
}
