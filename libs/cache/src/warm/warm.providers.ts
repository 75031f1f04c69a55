import type { Provider } from '@nestjs/common';
import { CacheConfig, RuntimeConfig } from '#libs/config';
import { DatabaseClock, SqlReader, UnitOfWork } from '#libs/database';
import { Logger, Metrics } from '#libs/observability';
import { warmStartEnded } from '../cache.events.js';
import { cacheMetrics } from '../cache.metrics.js';
import { CoherentCache } from '../coherent-cache.js';
import { Follower } from '../core/following/follower.js';
import { systemScheduler } from '../core/time/scheduler.js';
import { TurnClock } from '../core/time/turn-clock.js';
import { HotKeyRepository } from './hot-key.repository.js';
import { UseRecorder } from './use-recorder.js';
import { WarmStart } from './warm-start.js';

/** More would not be faster on one database, and would leave no room for others. */
const MAX_LANES = 8;

export const warmProviders: Provider[] = [
  {
    provide: HotKeyRepository,
    inject: [UnitOfWork, SqlReader, RuntimeConfig],
    useFactory: (
      unitOfWork: UnitOfWork,
      reader: SqlReader,
      { replicaId: id, role }: RuntimeConfig,
    ) => new HotKeyRepository(unitOfWork, reader, { id, role }),
  },
  {
    provide: UseRecorder,
    inject: [CoherentCache, HotKeyRepository, DatabaseClock, Logger],
    useFactory: (
      cache: CoherentCache,
      notes: HotKeyRepository,
      clock: DatabaseClock,
      logger: Logger,
    ) =>
      new UseRecorder({
        cache,
        notes,
        clock,
        scheduler: systemScheduler,
        random: Math.random,
        logger,
      }),
  },
  {
    provide: WarmStart,
    inject: [
      CoherentCache,
      Follower,
      HotKeyRepository,
      TurnClock,
      CacheConfig,
      UseRecorder,
      Metrics,
      Logger,
    ],
    useFactory: (
      cache: CoherentCache,
      follower: Follower,
      notes: HotKeyRepository,
      clock: TurnClock,
      { warmStartMs, maxLoads }: CacheConfig,
      recorder: UseRecorder,
      metrics: Metrics,
      logger: Logger,
    ) => {
      const { warmStartSeconds, warmStartKeys } = metrics.register(cacheMetrics);
      return new WarmStart({
        cache,
        follower,
        notes,
        timing: { clock, scheduler: systemScheduler },
        boundMs: warmStartMs,
        lanes: Math.max(1, Math.min(MAX_LANES, Math.floor(maxLoads / 2))),
        onKnown: (keys) => recorder.inherit(keys),
        onEnded: (report) => {
          warmStartSeconds.set(report.tookMs / 1_000);
          for (const outcome of ['loaded', 'failed', 'skipped'] as const) {
            warmStartKeys.set({ outcome }, report[outcome]);
          }
          warmStartEnded(logger, report);
        },
      });
    },
  },
];
