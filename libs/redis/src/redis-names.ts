import type { RedisConfig } from '#libs/config';
import { crc16, tagInPart } from './cluster/hash-slot.js';

export interface RedisNaming extends Pick<RedisConfig, 'channelPrefix'> {
  /** Names of a cluster say by their hash tags what is together in one slot. */
  readonly isCluster?: boolean;
}

/**
 * Sixths of the slots of a cluster, for what cannot be divided. Masters have about equal ranges: two to four of them, and six, then
 * share these kinds of names as evenly as it goes.
 */
const SIXTH_OF = { jobs: 0, invalidation: 2, push: 3, limit: 5 } as const;
/** So many slots of a cluster have parts of the shared cache, evenly apart. */
export const SHARED_PARTITIONS = 8;

/**
 * Every channel, key and prefix that Lockstep uses in Redis: the only place where one is written down.
 * All begin with CHANNEL_PREFIX, so two installations can share a server.
 *
 * In a cluster what is used together has one slot: jobs, announcements with what replicas ask one another, push, limits, and each
 * part of the shared cache.
 */
export class RedisNames {
  /** Channel: what has been committed to the invalidation log. */
  readonly invalidationChannel: string;
  private readonly replicaPrefix: string;
  /** Prefix of the queues; the braces keep all keys of all queues in one slot of a cluster. */
  readonly queuePrefix: string;
  /** Key prefix of the Socket.IO adapter that works with pub/sub. */
  readonly pushKey: string;
  /** Stream of the Socket.IO adapter that works with streams. */
  readonly pushStream: string;
  private readonly sharedPrefix: (partition: number) => string;
  private readonly limitPrefix: string;

  constructor({ channelPrefix, isCluster = false }: RedisNaming) {
    const nameIn = (kind: string, part: number, parts: number): string => {
      const name = `${channelPrefix}:${kind}`;
      return isCluster ? tagInPart(name, part, parts) : name;
    };
    const nameOf = (kind: keyof typeof SIXTH_OF): string => nameIn(kind, SIXTH_OF[kind], 6);
    this.queuePrefix = isCluster ? nameOf('jobs') : `{${channelPrefix}:jobs}`;
    this.invalidationChannel = nameOf('invalidation');
    this.replicaPrefix = isCluster
      ? `${this.invalidationChannel}:replica`
      : `${channelPrefix}:replica`;
    this.pushKey = nameOf('push');
    this.pushStream = `${this.pushKey}:stream`;
    this.limitPrefix = nameOf('limit');
    const shared = Array.from({ length: SHARED_PARTITIONS }, (_unused, partition) =>
      nameIn('shared', partition, SHARED_PARTITIONS),
    );
    this.sharedPrefix = (partition) => shared[partition] ?? '';
  }
  /** Channel of one replica alone: what others ask it, and what they answer. */
  replicaChannel(replicaId: string): string {
    return `${this.replicaPrefix}:${replicaId}`;
  }
  /** Channel of one replica alone, heard on the same connection as the invalidations: its heartbeat. */
  heartbeatChannel(replicaId: string): string {
    return `${this.invalidationChannel}:heartbeat:${replicaId}`;
  }
  /** Key of what the shared cache holds; the name of a region has no colon. */
  sharedEntry(region: string, key: string, partition = sharedPartition(region, key)): string {
    return `${this.sharedPrefix(partition)}:entry:${region}:${key}`;
  }
  /** Key of a lock of the shared cache. */
  sharedLock(region: string, key: string, partition = sharedPartition(region, key)): string {
    return `${this.sharedPrefix(partition)}:lock:${region}:${key}`;
  }
  /** Key of how much one client has asked for, of one kind of request. */
  limitLevel(client: string): string {
    return `${this.limitPrefix}:${client}`;
  }
}

/** Which part of the shared cache a key is in, from 0; only a cluster has them apart. */
export function sharedPartition(region: string, key: string): number {
  return crc16(`${region}:${key}`) % SHARED_PARTITIONS;
}
