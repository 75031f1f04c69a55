import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { RedisConfig } from '#libs/config';
import { withDeadline, type Clock } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { RedisCluster } from './cluster/redis-cluster.js';
import { ShardedPublisher, ShardedSubscriber } from './cluster/sharded-channels.js';
import {
  connectionOptions,
  nodeOptions,
  type ConnectionPurpose,
  type RedisPurpose,
} from './connection-options.js';
import { ConnectionWatch, type ConnectionState } from './connection-watch.js';
import { FireAndForgetRedis } from './fire-and-forget-redis.js';
import { redisHome } from './redis-home.js';
import { RedisNames, SHARED_PARTITIONS } from './redis-names.js';

export interface RedisConnectionsOptions {
  readonly config: RedisConfig;
  /** Shown by CLIENT LIST as `<prefix>:<replica>:<purpose>`. */
  readonly replicaId: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onOutage?: (purpose: ConnectionPurpose) => void;
}

const QUIT_TIMEOUT_MS = 500;

interface Connection {
  readonly client: Redis;
  readonly watch: ConnectionWatch;
}

/**
 * The connections of a process to Redis, one per purpose, opened on first use. Of a cluster each is to the node that has
 * what the purpose is about, and goes where that goes.
 *
 * Guarantees: opening never fails and never waits, also when Redis has never been up; every connection
 * comes back by itself for ever; a silent peer is noticed within five seconds; closing takes at most half
 * a second, whatever Redis does.
 */
export class RedisConnections implements OnApplicationShutdown {
  /** undefined: Redis is one server, or the primary of a Sentinel group. */
  readonly cluster: RedisCluster | undefined;
  private readonly names: RedisNames;
  private readonly connections = new Map<ConnectionPurpose, Connection>();
  private isClosed = false;

  constructor(private readonly options: RedisConnectionsOptions) {
    const { config } = options;
    const isCluster = config.url.kind === 'cluster';
    this.names = new RedisNames({ channelPrefix: config.channelPrefix, isCluster });
    if (config.url.kind !== 'cluster') return;
    this.cluster = new RedisCluster(config.url, nodeOptions(config, this.nameOf('cluster')));
    this.cluster.start();
  }

  /**
   * The connection of a purpose; the same client every time. Callers share it and must not close it.
   * Its commands may fail at once (see `connectionOptions`): listen to `ready` rather than retry.
   */
  open(purpose: RedisPurpose): Redis {
    return this.connect(purpose);
  }

  /** Connections of the shared cache, by the number of the part: of a cluster one each, else all of them `commands`. */
  openShared(): readonly Redis[] {
    if (this.cluster === undefined) return [this.open('commands')];
    return Array.from({ length: SHARED_PARTITIONS }, (_unused, partition) =>
      this.connect(`shared-${partition}`),
    );
  }

  /** How replicas tell one another: the two ends of the channels of the backplane. */
  channels(): {
    readonly publisher: Redis | ShardedPublisher;
    readonly subscriber: Redis | ShardedSubscriber;
  } {
    const publisher = this.open('backplane-publisher');
    const subscriber = this.open('backplane-subscriber');
    if (this.cluster === undefined) return { publisher, subscriber };
    return {
      publisher: new ShardedPublisher(publisher),
      subscriber: new ShardedSubscriber(subscriber),
    };
  }

  /** How every opened connection is, from what is known already. */
  states(): ReadonlyMap<ConnectionPurpose, ConnectionState> {
    return new Map([...this.connections].map(([purpose, { watch }]) => [purpose, watch.state]));
  }

  /** Runs last of all shutdown hooks: libs that use a connection have let go of it by then. */
  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.connections.values()].map((connection) => this.close(connection)));
    this.cluster?.close();
  }

  private connect(purpose: ConnectionPurpose): Redis {
    const known = this.connections.get(purpose);
    if (known !== undefined) return known.client;
    const { config, clock, logger, onOutage = () => undefined } = this.options;
    const ordinary = connectionOptions(purpose, config, this.nameOf(purpose));
    const home = this.cluster?.atHomeOf(redisHome(purpose, this.names), ordinary);
    const options = { ...ordinary, ...home };
    const client = sendsUnawaited(purpose) ? new FireAndForgetRedis(options) : new Redis(options);
    const watch = new ConnectionWatch(purpose, client, { clock, logger, onOutage });
    watch.start();
    this.connections.set(purpose, { client, watch });
    if (this.isClosed) void this.close({ client, watch });
    return client;
  }

  private nameOf(purpose: string): string {
    return `${this.options.config.channelPrefix}:${this.options.replicaId}:${purpose}`;
  }

  private async close({ client, watch }: Connection): Promise<void> {
    watch.stop();
    try {
      if (client.status === 'ready') {
        await withDeadline(client.quit(), QUIT_TIMEOUT_MS, 'closing a redis connection');
      }
    } catch {
      // Redis is away or silent; the connection is dropped below.
    } finally {
      client.disconnect();
    }
  }
}

/** The Socket.IO adapters do; so does ioredis itself, which subscribes again whatever a lost connection had. */
function sendsUnawaited(purpose: ConnectionPurpose): boolean {
  return purpose.startsWith('push-') || purpose.endsWith('-subscriber');
}
