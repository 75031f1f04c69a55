import type { Provider } from '@nestjs/common';
import { systemClock } from '#libs/kernel';
import { Logger, Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { systemScheduler } from '../core/time/scheduler.js';
import { provide } from '../provide.js';
import { RedisSharedStore } from './redis-shared-store.js';
import { SharedCache } from './shared-cache.js';
import { sharedCacheMetrics } from './shared-cache.metrics.js';
import { SHARED_STORE } from './shared-store.js';

export const sharedProviders: Provider[] = [
  provide(
    RedisSharedStore,
    [RedisConnections, RedisNames, Logger, Metrics],
    (connections, names, logger, metrics) => {
      const { failures } = metrics.register(sharedCacheMetrics, {
        circuitOpen: (gauge) => gauge.set(store.isCircuitOpen ? 1 : 0),
      });
      const store = new RedisSharedStore({
        client: connections.open('commands'),
        names,
        scheduler: systemScheduler,
        onFailure: (reason) => failures.inc({ reason }),
        onCircuitChanged: (isOpen) => {
          if (isOpen) logger.warn({}, 'the shared cache gets no answer and is not asked');
          else logger.info({}, 'the shared cache answers again');
        },
      });
      return store;
    },
  ),
  { provide: SHARED_STORE, useExisting: RedisSharedStore },
  provide(SharedCache, [SHARED_STORE, Metrics], (store, metrics) => {
    const { operations } = metrics.register(sharedCacheMetrics);
    return new SharedCache({
      store,
      clock: systemClock,
      onResult: (region, operation, result) => operations.inc({ region, operation, result }),
    });
  }),
];
