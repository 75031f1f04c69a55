import type { Provider } from '@nestjs/common';
import { CacheConfig, RuntimeConfig } from '#libs/config';
import { Logger, Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { inconsistencyFound } from '../cache.events.js';
import { cacheMetrics } from '../cache.metrics.js';
import { CacheStatus } from '../cache-status.js';
import { CoherentCache } from '../coherent-cache.js';
import { Follower } from '../core/follower.js';
import { systemScheduler } from '../core/scheduler.js';
import { TurnClock } from '../core/turn-clock.js';
import { FleetInspector } from '../fleet/fleet-inspector.js';
import { RedisSharedStore } from '../shared/redis-shared-store.js';
import { EntryVerifier } from '../verify/entry-verifier.js';
import { SamplingVerifier } from '../verify/sampling-verifier.js';
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
    provide: EntryVerifier,
    inject: [Follower, TurnClock],
    useFactory: (follower: Follower, clock: TurnClock) =>
      new EntryVerifier(follower, { clock, scheduler: systemScheduler }),
  },
  {
    provide: SamplingVerifier,
    inject: [CoherentCache, EntryVerifier, TurnClock, CacheConfig, CacheStatus, Metrics, Logger],
    useFactory: (
      cache: CoherentCache,
      verifier: EntryVerifier,
      clock: TurnClock,
      { verifyPerSecond }: CacheConfig,
      status: CacheStatus,
      metrics: Metrics,
      logger: Logger,
    ) => {
      const { verified } = metrics.register(cacheMetrics);
      return new SamplingVerifier({
        cache,
        verifier,
        timing: { clock, scheduler: systemScheduler },
        random: Math.random,
        perSecond: verifyPerSecond,
        onVerified: (entry, result) => {
          verified.inc({ reader: entry.region, result });
          if (result === 'different') inconsistencyFound(logger, entry, status.snapshot());
        },
      });
    },
  },
  {
    provide: CacheUpkeep,
    inject: [FleetInspector, SamplingVerifier, RedisSharedStore, Metrics],
    useFactory: (
      inspector: FleetInspector,
      verifier: SamplingVerifier,
      sharedStore: RedisSharedStore,
      metrics: Metrics,
    ) => new CacheUpkeep(inspector, verifier, sharedStore, metrics),
  },
];
