import type { Provider } from '@nestjs/common';
import { CacheConfig } from '#libs/config';
import { Logger, Metrics } from '#libs/observability';
import { inconsistencyFound } from '../cache.events.js';
import { cacheMetrics } from '../cache.metrics.js';
import { CacheStatus } from '../cache-status.js';
import { CoherentCache } from '../coherent-cache.js';
import { Follower } from '../core/following/follower.js';
import { systemScheduler } from '../core/time/scheduler.js';
import { TurnClock } from '../core/time/turn-clock.js';
import { EntryVerifier } from './entry-verifier.js';
import { SamplingVerifier } from './sampling-verifier.js';

export const verifyProviders: Provider[] = [
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
];
