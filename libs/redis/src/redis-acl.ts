import type { PushConfig, RedisConfig } from '#libs/config';
import { RedisNames } from './redis-names.js';
import { redisRights, type RedisRole, type RedisUser, type Right } from './redis-rights.js';

export interface RedisAclOptions {
  readonly channelPrefix: RedisConfig['channelPrefix'];
  readonly adapter: PushConfig['adapter'];
}

/** Not by the names of what is allowed: 7.0 knows no SETINFO and would refuse the whole user. */
const NAMING =
  '+client -client|kill -client|list -client|pause -client|unpause -client|unblock -client|no-evict';
const CONNECTING = `+auth +hello ${NAMING} +select +ping +quit +info`;
/** None of these names a key or a channel; of scripts only what loads one, nothing that flushes them. */
const REPLICA = `${CONNECTING} +multi +exec +discard +time +script|exists +script|load +unsubscribe +punsubscribe`;
/** Numbers and lists of connections; no key, no value, no channel. */
const OPERATOR = `${CONNECTING} +acl|whoami +acl|log +client|list +slowlog|get +latency|latest +memory|stats`;

/**
 * The rules of one user as they stand in an ACL file behind its name and password. Whatever is not named is
 * refused. Needs Redis 7: the rights are selectors, each of them commands together with keys or channels.
 */
export function redisAcl(user: RedisUser, { channelPrefix, adapter }: RedisAclOptions): string {
  const none = 'resetkeys resetchannels -@all';
  if (user === 'operator') return `${none} ${OPERATOR}`;
  const selectors = selectorsOf(user, new RedisNames({ channelPrefix }), adapter);
  return [none, REPLICA, ...selectors.map((selector) => `(${selector})`)].join(' ');
}

function selectorsOf(
  role: RedisRole,
  names: RedisNames,
  adapter: PushConfig['adapter'],
): readonly string[] {
  const rights: readonly Right[] = Object.values(redisRights(names, adapter)).map(
    (right) => right[role],
  );
  const keys = rights.flatMap((right) =>
    (right.keys ?? []).map(({ patterns, commands }) => {
      const named = patterns.map((each) => (each.startsWith('%') ? each : `~${each}`));
      return `${commands} ${named.join(' ')}`;
    }),
  );
  const published = rights.flatMap(({ publishes }) => publishes ?? []);
  // After an outage a connection subscribes again to all its channels in one command: one selector has them all.
  const heard = rights.flatMap(({ hears }) => hears ?? []);
  return [
    ...new Set(keys),
    `+publish ${channels(published)}`,
    `+subscribe +psubscribe ${channels(heard)}`,
  ];
}

function channels(patterns: readonly string[]): string {
  return patterns.map((each) => `&${each}`).join(' ');
}
