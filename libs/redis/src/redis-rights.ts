import type { PushConfig } from '#libs/config';
import { SHARED_PARTITIONS, type RedisNames } from './redis-names.js';

/** The replicas of a role, and what looks at Redis without taking part: `npm run doctor`, monitoring, a person. */
export const REDIS_USERS = ['commerce', 'authoring', 'operator'] as const;

export type RedisUser = (typeof REDIS_USERS)[number];
export type RedisRole = Exclude<RedisUser, 'operator'>;

/** Commands on the keys that match one of the patterns; what a script does is held to the same. */
export interface KeyRight {
  readonly patterns: readonly string[];
  readonly commands: string;
}

/** What one role may do under one name. */
export interface Right {
  readonly keys?: readonly KeyRight[];
  /** Channels it may publish to. */
  readonly publishes?: readonly string[];
  /** Channels, and patterns in the very words they are subscribed to with. */
  readonly hears?: readonly string[];
}

/** A name without a right does not compile. */
export type RedisRights = Readonly<Record<keyof RedisNames, Readonly<Record<RedisRole, Right>>>>;

const SCRIPT = '+eval +evalsha';
const SHARED = `${SCRIPT} +get +getrange +set +del +zadd +zrevrange +pexpire`;
/** Of BullMQ's scripts that add, inspect and remove: what they read. */
const PRODUCER_READS =
  '+exists +type +pttl +get +hget +hmget +hgetall +llen +lrange +lpos +zscore +zcard +zrange +zrevrangebyscore +scard +smembers';
/** And what they write. None takes a job out of a list for itself, and none makes a lock. */
const PRODUCER_WRITES = '+set +del +incr +hset +hmset +lpush +rpush +lrem +sadd +zadd +zrem +xadd';
/** What belongs to a queue, without what says who runs a job or how one ended. */
const WAITING = [
  'id',
  'meta',
  'events',
  'marker',
  'wait',
  'paused',
  'delayed',
  'prioritized',
  'pc',
  'waiting-children',
];
/** As long as the id of a job, so that `:lock` behind it does not match. */
const DELIVERY = `ob_${'?'.repeat(36)}`;
const DELIVERY_PARTS = ['logs', 'dependencies', 'processed', 'failed', 'unsuccessful'];

/** What commerce commits notifications for; the room of nobody else is open to it. */
const COMMERCE_ROOM = 'permission:orders:order:read';

/**
 * Least rights of each role under each name of Redis.
 *
 * What Redis cannot tell apart: messages on one channel (whether a broadcast to several rooms is a touch or
 * something else), entries of one stream, and regions of the shared cache, which both roles read and write.
 * Those are held by seals, not by rights.
 */
export function redisRights(names: RedisNames, adapter: PushConfig['adapter']): RedisRights {
  const shared = alike({ keys: [{ patterns: sharedPatterns(names), commands: SHARED }] });
  const everyRoom = `${names.pushKey}#/#*`;
  const roomOf = (room: string) => `${names.pushKey}#/#${room}#`;
  const heardRooms = [everyRoom, `${names.pushKey}-re*`];
  const stream = { keys: [{ patterns: [names.pushStream], commands: '+xadd +xread' }] };
  return {
    invalidationChannel: alike(both(names.invalidationChannel)),
    heartbeatChannel: alike(both(names.heartbeatChannel('*'))),
    replicaChannel: alike(both(names.replicaChannel('*'))),
    queuePrefix: {
      commerce: { keys: producing(names.queuePrefix) },
      authoring: {
        keys: [
          {
            patterns: [`${names.queuePrefix}:*`],
            commands: `${SCRIPT} +@read +@write +@blocking -@dangerous -scan -randomkey -dbsize`,
          },
        ],
      },
    },
    pushKey: {
      commerce: {
        publishes: [`${names.pushKey}#/#`, roomOf(COMMERCE_ROOM)],
        hears: heardRooms,
      },
      authoring: { publishes: [everyRoom], hears: heardRooms },
    },
    pushStream: alike(adapter === 'streams' ? stream : {}),
    sharedEntry: shared,
    sharedLock: shared,
    limitLevel: alike({
      keys: [{ patterns: [names.limitLevel('*')], commands: `${SCRIPT} +get +set` }],
    }),
  };
}

/** Of all parts, which have the same names where there is no cluster. */
function sharedPatterns(names: RedisNames): readonly string[] {
  const patterns = Array.from({ length: SHARED_PARTITIONS }, (_unused, partition) => [
    names.sharedEntry('*', '*', partition),
    names.sharedLock('*', '*', partition),
  ]);
  return [...new Set(patterns.flat())];
}

/** Enough to hand jobs over and to find out whether they are still there; not to run or to end one. */
function producing(prefix: string): readonly KeyRight[] {
  const parts = (ends: readonly string[]) => ends.map((end) => `${prefix}:*:${end}`);
  return [
    // Redis takes every key that a script names for one that it writes; its commands are looked at below.
    { patterns: [`${prefix}:*`], commands: SCRIPT },
    { patterns: [`%R~${prefix}:*`], commands: PRODUCER_READS },
    {
      patterns: [
        ...parts(WAITING),
        ...parts([DELIVERY, ...DELIVERY_PARTS.map((part) => `${DELIVERY}:${part}`)]),
      ],
      commands: PRODUCER_WRITES,
    },
    // A delivery that is over is removed before it is made again.
    { patterns: parts(['completed', 'failed']), commands: '+zrem' },
    { patterns: parts(['active']), commands: '+lrem' },
    { patterns: [`${prefix}:generation`], commands: '+get +set' },
    { patterns: [`${prefix}:served`], commands: '+zadd +zrangebyscore' },
  ];
}

function both(channel: string): Right {
  return { publishes: [channel], hears: [channel] };
}

function alike(right: Right): Readonly<Record<RedisRole, Right>> {
  return { commerce: right, authoring: right };
}
