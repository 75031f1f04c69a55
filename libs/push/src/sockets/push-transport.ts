import { createAdapter as createPubSubAdapter } from '@socket.io/redis-adapter';
import { createAdapter as createStreamsAdapter } from '@socket.io/redis-streams-adapter';
import type { Namespace } from 'socket.io';
import type { PushConfig } from '#libs/config';
import type { Redis, RedisConnections, RedisNames } from '#libs/redis';
import type { PushAdapter } from './guarded-delivery.js';
import type { SealedLink } from './sealed-link.js';

const STREAM_BLOCK_MS = 2_000;

/**
 * How events travel between replicas: two connections of their own, over pub/sub or over a stream, sealed.
 * Opening never fails and never waits; while Redis is away only local clients hear an event.
 */
export class PushTransport {
  private readonly duplicates: Redis[] = [];
  private isInterrupted = false;

  constructor(
    private readonly connections: RedisConnections,
    private readonly names: RedisNames,
    private readonly config: PushConfig,
    private readonly link: SealedLink,
  ) {}

  get isLinked(): boolean {
    return (
      this.connections.open('push-publisher').status === 'ready' &&
      this.connections.open('push-subscriber').status === 'ready'
    );
  }

  createAdapter(): (namespace: Namespace) => PushAdapter {
    const publisher = this.link.publisher(this.connections.open('push-publisher'));
    const subscriber = this.connections.open('push-subscriber');
    if (this.config.adapter === 'pubsub') {
      return createPubSubAdapter(publisher, this.link.subscriber(subscriber), {
        key: this.names.pushKey,
        publishOnSpecificResponseChannel: true,
      });
    }
    return createStreamsAdapter(this.withPatientDuplicates(publisher, subscriber), {
      streamName: this.names.pushStream,
      channelPrefix: this.names.pushKey,
      blockTimeInMs: STREAM_BLOCK_MS,
      onlyPlaintext: true,
    });
  }

  /** Calls `listener` whenever the other replicas are heard again after a time in which they were not. */
  onRestored(listener: () => void): void {
    const subscriber = this.connections.open('push-subscriber');
    subscriber.on('close', () => {
      this.isInterrupted = true;
    });
    subscriber.on('ready', () => {
      if (!this.isInterrupted) return;
      this.isInterrupted = false;
      // The answer stands behind the subscriptions that were renewed: from then on nothing is missed.
      subscriber.ping().then(listener, () => {
        this.isInterrupted = true; // lost again; the next `ready` tells
      });
    });
  }

  /** After the adapter was closed: it leaves connections behind that wait for Redis for ever. */
  release(): void {
    for (const duplicate of this.duplicates) duplicate.disconnect();
  }

  /**
   * The streams adapter makes connections for reading by duplicating the one for writing, which fails
   * at once while Redis is away: its read loop would spin. Ours for reading wait.
   */
  private withPatientDuplicates(publisher: Redis, subscriber: Redis): Redis {
    const duplicate = () => {
      // The class matters too: it lets nobody's ignored command end the process.
      const RedisClass = subscriber.constructor as new (options: object) => Redis;
      const client = new RedisClass(subscriber.options);
      this.duplicates.push(client);
      return this.link.reader(client);
    };
    return new Proxy(publisher, {
      get(target, name) {
        if (name === 'duplicate') return duplicate;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }
}
