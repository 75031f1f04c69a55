import type { Provider } from '@nestjs/common';
import { systemClock } from '#libs/kernel';
import { Logger, Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { systemScheduler } from '../core/time/scheduler.js';
import { provide } from '../provide.js';
import { PartitionedSharedStore } from './partitioned-shared-store.js';
import { RedisSharedStore } from './redis-shared-store.js';
import { SharedCache } from './shared-cache.js';
import { sharedCacheMetrics } from './shared-cache.metrics.js';
import { SHARED_STORE } from './shared-store.js';

export const sharedProviders: Provider[] = [
  provide(
    PartitionedSharedStore,
    [RedisConnections, RedisNames, Logger, Metrics],
    (connections, names, logger, metrics) => {
      const { failures } = metrics.register(sharedCacheMetrics, {
        circuitOpen: (gauge) => gauge.set(store.isCircuitOpen ? 1 : 0),
      });
      const clients = connections.openShared();
      const store = new PartitionedSharedStore(
        clients.map(
          (client, partition) =>
            new RedisSharedStore({
              client,
              names,
              scheduler: systemScheduler,
              onFailure: (reason) => failures.inc({ reason }),
              onCircuitChanged: (isOpen) => {
                const fields = clients.length === 1 ? {} : { partition };
                if (isOpen) logger.warn(fields, 'the shared cache gets no answer and is not asked');
                else logger.info(fields, 'the shared cache answers again');
              },
            }),
        ),
      );
      return store;
    },
  ),
  { provide: SHARED_STORE, useExisting: PartitionedSharedStore },
  provide(SharedCache, [SHARED_STORE, Metrics], (store, metrics) => {
    const { operations } = metrics.register(sharedCacheMetrics);
    return new SharedCache({
      store,
      clock: systemClock,
      onResult: (region, operation, result) => operations.inc({ region, operation, result }),
    });
  }),
];
