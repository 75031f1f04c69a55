import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { RedisConfig } from '#libs/config';
import { withDeadline, type Clock } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { connectionOptions, type RedisPurpose } from './connection-options.js';
import { ConnectionWatch, type ConnectionState } from './connection-watch.js';
import { FireAndForgetRedis } from './fire-and-forget-redis.js';

export interface RedisConnectionsOptions {
  readonly config: RedisConfig;
  /** Shown by CLIENT LIST as `<prefix>:<replica>:<purpose>`. */
  readonly replicaId: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onOutage?: (purpose: RedisPurpose) => void;
}

const QUIT_TIMEOUT_MS = 500;

interface Connection {
  readonly client: Redis;
  readonly watch: ConnectionWatch;
}

/**
 * The connections of a process to Redis, one per purpose, opened on first use.
 *
 * Guarantees: opening never fails and never waits, also when Redis has never been up; every connection
 * comes back by itself for ever; a silent peer is noticed within five seconds; closing takes at most half
 * a second, whatever Redis does.
 */
export class RedisConnections implements OnApplicationShutdown {
  private readonly connections = new Map<RedisPurpose, Connection>();
  private isClosed = false;

  constructor(private readonly options: RedisConnectionsOptions) {}

  /**
   * The connection of a purpose; the same client every time. Callers share it and must not close it.
   * Its commands may fail at once (see `connectionOptions`): listen to `ready` rather than retry.
   */
  open(purpose: RedisPurpose): Redis {
    const known = this.connections.get(purpose);
    if (known !== undefined) return known.client;
    const { config, replicaId, clock, logger, onOutage = () => undefined } = this.options;
    const name = `${config.channelPrefix}:${replicaId}:${purpose}`;
    const options = connectionOptions(purpose, config, name);
    const client = sendsUnawaited(purpose) ? new FireAndForgetRedis(options) : new Redis(options);
    const watch = new ConnectionWatch(purpose, client, { clock, logger, onOutage });
    watch.start();
    this.connections.set(purpose, { client, watch });
    if (this.isClosed) void this.close({ client, watch });
    return client;
  }

  /** How every opened connection is, from what is known already. */
  states(): ReadonlyMap<RedisPurpose, ConnectionState> {
    return new Map([...this.connections].map(([purpose, { watch }]) => [purpose, watch.state]));
  }

  /** Runs last of all shutdown hooks: libs that use a connection have let go of it by then. */
  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.connections.values()].map((connection) => this.close(connection)));
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
function sendsUnawaited(purpose: RedisPurpose): boolean {
  return purpose.startsWith('push-') || purpose.endsWith('-subscriber');
}
