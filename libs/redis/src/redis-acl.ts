import type { PushConfig } from '#libs/config';
import { RedisNames, type RedisNaming } from './redis-names.js';
import { redisRights, type RedisRole, type RedisUser, type Right } from './redis-rights.js';

export interface RedisAclOptions extends RedisNaming {
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

/** Of the nodes of a cluster: who has what. */
const CLUSTER = '+cluster|info +cluster|slots';

/**
 * The rules of one user as they stand in an ACL file behind its name and password. Whatever is not named is
 * refused. Needs Redis 7: the rights are selectors, each of them commands together with keys or channels. In a
 * cluster every node has the same users.
 */
export function redisAcl(user: RedisUser, options: RedisAclOptions): string {
  const none = 'resetkeys resetchannels -@all';
  const cluster = options.isCluster === true ? [CLUSTER] : [];
  if (user === 'operator') return [none, OPERATOR, ...cluster].join(' ');
  const selectors = selectorsOf(user, options).map((selector) => `(${selector})`);
  return [none, REPLICA, ...cluster, ...selectors].join(' ');
}

function selectorsOf(role: RedisRole, options: RedisAclOptions): readonly string[] {
  const rights: readonly Right[] = Object.values(
    redisRights(new RedisNames(options), options.adapter),
  ).map((right) => right[role]);
  const keys = rights.flatMap((right) =>
    (right.keys ?? []).map(({ patterns, commands }) => {
      const named = patterns.map((each) => (each.startsWith('%') ? each : `~${each}`));
      return `${commands} ${named.join(' ')}`;
    }),
  );
  const published = rights.flatMap(({ publishes }) => publishes ?? []);
  // After an outage a connection subscribes again to all its channels in one command: one selector has them all.
  const heard = rights.flatMap(({ hears }) => hears ?? []);
  const [publish, subscribe] =
    options.isCluster === true
      ? ['+publish +spublish', '+subscribe +psubscribe +ssubscribe']
      : ['+publish', '+subscribe +psubscribe'];
  return [...new Set(keys), `${publish} ${channels(published)}`, `${subscribe} ${channels(heard)}`];
}

function channels(patterns: readonly string[]): string {
  return patterns.map((each) => `&${each}`).join(' ');
}
