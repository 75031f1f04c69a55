import { Injectable } from '@nestjs/common';
import { RedisNames } from '#libs/redis';

/** Keys of this lib in Redis besides those of BullMQ. Names of queues contain a dot, these do not. */
@Injectable()
export class QueueKeys {
  readonly prefix: string;
  /** Says whether this is still the Redis that jobs were handed to: emptying it loses the key. */
  readonly generation: string;
  /** Sorted set: queue -> until when (epoch ms) some worker claims to serve it. */
  readonly servedQueues: string;

  constructor(names: RedisNames) {
    this.prefix = names.queuePrefix;
    this.generation = `${names.queuePrefix}:generation`;
    this.servedQueues = `${names.queuePrefix}:served`;
  }
}
