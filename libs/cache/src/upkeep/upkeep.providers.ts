import type { Provider } from '@nestjs/common';
import { RuntimeConfig } from '#libs/config';
import { Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { CoherentCache } from '../coherent-cache.js';
import { FleetInspector } from '../fleet/fleet-inspector.js';
import { RedisSharedStore } from '../shared/redis-shared-store.js';
import { CacheUpkeep } from './cache-upkeep.js';

export const upkeepProviders: Provider[] = [
  {
    provide: FleetInspector,
    inject: [RuntimeConfig, RedisConnections, RedisNames, CoherentCache],
    useFactory: (
      { replicaId }: RuntimeConfig,
      connections: RedisConnections,
      names: RedisNames,
      cache: CoherentCache,
    ) =>
      new FleetInspector({
        replicaId,
        publisher: connections.open('backplane-publisher'),
        subscriber: connections.open('backplane-subscriber'),
        channelOf: (replica) => names.replicaChannel(replica),
        cache,
      }),
  },
  {
    provide: CacheUpkeep,
    inject: [FleetInspector, RedisSharedStore, Metrics],
    useFactory: (inspector: FleetInspector, sharedStore: RedisSharedStore, metrics: Metrics) =>
      new CacheUpkeep(inspector, sharedStore, metrics),
  },
];
