import type { Provider } from '@nestjs/common';
import { systemClock } from '#libs/kernel';
import { Logger, Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { systemScheduler } from '../core/time/scheduler.js';
import { RedisSharedStore } from './redis-shared-store.js';
import { SharedCache } from './shared-cache.js';
import { sharedCacheMetrics } from './shared-cache.metrics.js';
import { SHARED_STORE, type SharedStore } from './shared-store.js';

export const sharedProviders: Provider[] = [
  {
    provide: RedisSharedStore,
    inject: [RedisConnections, RedisNames, Logger, Metrics],
    useFactory: (
      connections: RedisConnections,
      names: RedisNames,
      logger: Logger,
      metrics: Metrics,
    ) => {
      const { failures } = metrics.register(sharedCacheMetrics);
      return new RedisSharedStore({
        client: connections.open('commands'),
        names,
        scheduler: systemScheduler,
        onFailure: (reason) => failures.inc({ reason }),
        onCircuitChanged: (isOpen) => {
          if (isOpen) logger.warn({}, 'the shared cache gets no answer and is not asked');
          else logger.info({}, 'the shared cache answers again');
        },
      });
    },
  },
  { provide: SHARED_STORE, useExisting: RedisSharedStore },
  {
    provide: SharedCache,
    inject: [SHARED_STORE, Metrics],
    useFactory: (store: SharedStore, metrics: Metrics) => {
      const { operations } = metrics.register(sharedCacheMetrics);
      return new SharedCache({
        store,
        clock: systemClock,
        onResult: (region, operation, result) => operations.inc({ region, operation, result }),
      });
    },
  },
];
