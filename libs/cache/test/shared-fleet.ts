import { loadConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { eventually, startRedis, type RedisFixture } from '#libs/testing';
import { systemScheduler } from '../src/core/time/scheduler.js';
import { RedisSharedStore, type SharedFailure } from '../src/shared/redis-shared-store.js';
import { SharedCache } from '../src/shared/shared-cache.js';
import { counterSchema, type CounterRegion, type SharedWorld } from './shared-world.js';

/** So long that a busy machine is not taken for a silent Redis. */
const PATIENT_MS = 10_000;

export interface SharedReplicaOptions {
  readonly url?: string;
  /** Default: 10 s. */
  readonly commandTimeoutMs?: number;
}

export interface SharedReplica {
  readonly cache: SharedCache;
  readonly store: RedisSharedStore;
  readonly connections: RedisConnections;
  readonly failures: SharedFailure[];
  readonly circuitChanges: boolean[];
}

/** One Redis, and shared caches composed as in production, each with connections of its own. */
export class SharedFleet {
  readonly names = new RedisNames({ channelPrefix: 'test' });
  private replicas: SharedReplica[] = [];

  private constructor(readonly redis: RedisFixture) {}

  static async start(): Promise<SharedFleet> {
    return new SharedFleet(await startRedis());
  }

  open(options: SharedReplicaOptions = {}): SharedReplica {
    const { url = this.redis.url, commandTimeoutMs = PATIENT_MS } = options;
    const { redis: config } = loadConfig(
      {
        REDIS_URL: url,
        CHANNEL_PREFIX: 'test',
        REDIS_COMMAND_TIMEOUT_MS: String(commandTimeoutMs),
      },
      'commerce',
    );
    const connections = new RedisConnections({
      config,
      replicaId: `r${this.replicas.length}`,
      clock: systemClock,
      logger: createLogger({ level: 'silent' }),
    });
    const failures: SharedFailure[] = [];
    const circuitChanges: boolean[] = [];
    const store = new RedisSharedStore({
      client: connections.open('commands'),
      names: this.names,
      scheduler: systemScheduler,
      onFailure: (reason) => failures.push(reason),
      onCircuitChanged: (isOpen) => circuitChanges.push(isOpen),
    });
    const cache = new SharedCache({ store, clock: systemClock });
    const replica = { cache, store, connections, failures, circuitChanges };
    this.replicas.push(replica);
    return replica;
  }

  async openReady(options: SharedReplicaOptions = {}): Promise<SharedReplica> {
    const replica = this.open(options);
    await eventually('it is connected', () => {
      return replica.connections.states().get('commands')?.status === 'connected';
    });
    return replica;
  }

  /** A region of each of so many replicas. */
  async counters(count: number): Promise<CounterRegion[]> {
    const replicas = await Promise.all(Array.from({ length: count }, () => this.openReady()));
    return replicas.map(({ cache }) => cache.region({ name: 'counter', schema: counterSchema }));
  }

  async world(): Promise<SharedWorld> {
    await this.redis.cli('FLUSHALL');
    const replicas = await Promise.all([1, 2, 3].map(() => this.openReady()));
    const unused = replicas.map(({ cache }) => cache);
    return {
      open: () => {
        const cache = unused.pop();
        if (cache === undefined) throw new RangeError('no more replicas');
        return cache;
      },
      pass: () => undefined,
      empty: async () => void (await this.redis.cli('FLUSHALL')),
      close: () => this.closeReplicas(),
    };
  }

  async closeReplicas(): Promise<void> {
    this.redis.thaw();
    const closing = this.replicas.map(async ({ store, connections }) => {
      store.stop();
      await connections.onApplicationShutdown();
    });
    this.replicas = [];
    await Promise.all(closing);
  }

  async stop(): Promise<void> {
    await this.closeReplicas();
    await this.redis.stop();
  }
}
