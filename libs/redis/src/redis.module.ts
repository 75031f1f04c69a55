import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { RedisConfig, RuntimeConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics } from '#libs/observability';
import { requireKeyPair } from './require-key-pair.js';
import { RedisConnections } from './redis-connections.js';
import { RedisNames } from './redis-names.js';
import { registerServerGauges } from './redis-server-gauges.js';
import { redisMetrics } from './redis.metrics.js';

/** Gives every module the connections and the names of Redis, and reports how the connections are. */
@Global()
@Module({
  providers: [
    {
      provide: RedisNames,
      inject: [RedisConfig],
      useFactory: ({ channelPrefix, url }: RedisConfig) =>
        new RedisNames({ channelPrefix, isCluster: url.kind === 'cluster' }),
    },
    {
      provide: RedisConnections,
      inject: [RedisConfig, RuntimeConfig, Logger, Metrics],
      useFactory: (
        config: RedisConfig,
        runtime: RuntimeConfig,
        logger: Logger,
        metrics: Metrics,
      ) => {
        requireKeyPair(config.tls);
        const { outages } = metrics.register(redisMetrics);
        return new RedisConnections({
          config,
          replicaId: runtime.replicaId,
          clock: systemClock,
          logger,
          onOutage: (purpose) => outages.inc({ purpose }),
        });
      },
    },
  ],
  exports: [RedisConnections, RedisNames],
})
export class RedisModule implements OnModuleInit {
  constructor(
    private readonly connections: RedisConnections,
    private readonly metrics: Metrics,
    private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    this.metrics.register(redisMetrics, {
      connected: (gauge) => {
        for (const [purpose, { status }] of this.connections.states()) {
          gauge.set({ purpose }, status === 'connected' ? 1 : 0);
        }
      },
    });
    registerServerGauges(this.metrics, this.connections);
    this.health.watch('redis', () => {
      const away = [...this.connections.states()].filter(
        ([, state]) => state.status !== 'connected',
      );
      const reason = away.map(([purpose, { status }]) => `${purpose}: ${status}`).join(', ');
      return away.length === 0 ? { isDegraded: false } : { isDegraded: true, reason };
    });
  }
}
