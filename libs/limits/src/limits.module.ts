import { Module, type DynamicModule, type OnModuleDestroy } from '@nestjs/common';
import { provide, systemScheduler } from '#libs/cache';
import { LimitsConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { ClientMeters } from './client-meters.js';
import { FleetLevels } from './fleet-levels.js';
import { LimitReporter } from './limit-reporter.js';
import { limitsMetrics } from './limits.metrics.js';
import { RequestLimits, type LimitOf } from './request-limits.js';

/** A few hundred bytes each. */
const MAX_CLIENTS = 50_000;

/** Limits what each client asks of the fleet; the hooks of `libs/http` ask it. Needs `RedisModule` beside it. */
@Module({})
export class LimitsModule implements OnModuleDestroy {
  constructor(private readonly reporter: LimitReporter) {}

  static forRoutes(limitOf: LimitOf): DynamicModule {
    return {
      module: LimitsModule,
      global: true,
      providers: [
        {
          provide: ClientMeters,
          useFactory: () => new ClientMeters({ clock: systemClock, maxClients: MAX_CLIENTS }),
        },
        provide(
          LimitReporter,
          [ClientMeters, RedisConnections, RedisNames, Metrics],
          (meters, connections, names, metrics) => {
            const { reports } = metrics.register(limitsMetrics, {
              clients: (gauge) => gauge.set(meters.size),
            });
            const levels = new FleetLevels(connections.open('commands'), names);
            return new LimitReporter({
              meters,
              scheduler: systemScheduler,
              add: (shares) => levels.add(shares),
              onReport: (outcome) => reports.inc({ outcome }),
            });
          },
        ),
        provide(
          RequestLimits,
          [LimitsConfig, ClientMeters, LimitReporter, Metrics],
          (config, meters, reporter, metrics) => {
            const { refused } = metrics.register(limitsMetrics);
            return new RequestLimits({
              config,
              limitOf,
              meters,
              onAdmitted: () => reporter.wake(),
              onRefused: (limit) => refused.inc({ limit }),
            });
          },
        ),
      ],
      exports: [RequestLimits],
    };
  }

  onModuleDestroy(): void {
    this.reporter.stop();
  }
}
