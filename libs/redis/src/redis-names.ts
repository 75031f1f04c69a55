import type { RedisConfig } from '#libs/config';

/**
 * Every channel, key and prefix that Lockstep uses in Redis: the only place where one is written down.
 * All begin with CHANNEL_PREFIX, so two installations can share a server.
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
  private readonly sharedPrefix: string;
  private readonly limitPrefix: string;

  constructor({ channelPrefix }: Pick<RedisConfig, 'channelPrefix'>) {
    this.invalidationChannel = `${channelPrefix}:invalidation`;
    this.replicaPrefix = `${channelPrefix}:replica`;
    this.queuePrefix = `{${channelPrefix}:jobs}`;
    this.pushKey = `${channelPrefix}:push`;
    this.pushStream = `${channelPrefix}:push:stream`;
    this.sharedPrefix = `${channelPrefix}:shared`;
    this.limitPrefix = `${channelPrefix}:limit`;
  }
  /** Channel of one replica alone: what others ask it, and what they answer. */
  replicaChannel(replicaId: string): string {
    return `${this.replicaPrefix}:${replicaId}`;
  }
  /** Channel of one replica alone, heard on the same connection as the invalidations: its heartbeat. */
  heartbeatChannel(replicaId: string): string {
    return `${this.invalidationChannel}:heartbeat:${replicaId}`;
  } /** Key of what the shared cache holds; the name of a region has no colon. */
  sharedEntry(region: string, key: string): string {
    return `${this.sharedPrefix}:entry:${region}:${key}`;
  }
  /** Key of a lock of the shared cache. */
  sharedLock(region: string, key: string): string {
    return `${this.sharedPrefix}:lock:${region}:${key}`;
  }
  /** Key of how much one client has asked for, of one kind of request. */
  limitLevel(client: string): string {
    return `${this.limitPrefix}:${client}`;
  }
}
