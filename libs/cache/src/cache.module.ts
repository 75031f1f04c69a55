import {
  Global,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { CacheConfig, DatabaseConfig, RuntimeConfig } from '#libs/config';
import { InstallationReader, InvalidationLog, PrimaryReader, UnitOfWork } from '#libs/database';
import { systemClock } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics, Tracing } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { CacheHealth } from './cache-health.js';
import { CacheStatus } from './cache-status.js';
import { cacheMetrics } from './cache.metrics.js';
import { CoherentCache } from './coherent-cache.js';
import { composeCache, type ComposedCache } from './compose-cache.js';
import { Coherence } from './core/following/coherence.js';
import { Follower } from './core/following/follower.js';
import { LOG_SOURCE } from './core/following/log-source.js';
import { AnnouncementSeal } from './core/publishing/announcement-seal.js';
import { BACKPLANE } from './core/publishing/backplane.js';
import { systemScheduler } from './core/time/scheduler.js';
import { TurnClock } from './core/time/turn-clock.js';
import { FleetCoherence } from './fleet-coherence.js';
import { OutputCache } from './output/output-cache.js';
import { PrimaryWatch } from './primary-watch.js';
import { provide, type PortToken } from './provide.js';
import { RedisBackplane } from './redis-backplane.js';
import { PartitionedSharedStore } from './shared/partitioned-shared-store.js';
import { SharedCache } from './shared/shared-cache.js';
import { sharedProviders } from './shared/shared.providers.js';
import { SqlLogSource } from './sql-log-source.js';

/** Clocks of writers differ; the starting position leaves this much room. */
const CLOCK_SKEW_MS = 60_000;
const FOLLOW_TIMEOUT_MS = 1_000;
const POSITION_WAIT_MS = 2_000;
/** A reader that holds an expired value does not wait longer for a new one. */
const SOFT_TIMEOUT_MS = 1_000;

const COMPOSED: PortToken<ComposedCache> = Symbol('ComposedCache');

/**
 * The coherent cache of a replica, joined to the fleet by the invalidation log and the backplane; and the
 * cache that all replicas share.
 */
@Global()
@Module({
  providers: [
    provide(
      LOG_SOURCE,
      [InvalidationLog, DatabaseConfig, Tracing],
      (log, { holeGiveUpMs, copyUrl }, tracing) => {
        const settledAfterMs = holeGiveUpMs + CLOCK_SKEW_MS;
        return new SqlLogSource(log, settledAfterMs, copyUrl !== undefined, tracing);
      },
    ),
    provide(
      BACKPLANE,
      [RedisConnections, RedisNames, RuntimeConfig],
      (connections, names, { replicaId }) =>
        new RedisBackplane({
          ...connections.channels(),
          channel: names.invalidationChannel,
          heartbeatChannel: names.heartbeatChannel(replicaId),
          clock: systemClock,
          scheduler: systemScheduler,
        }),
    ),
    provide(
      AnnouncementSeal,
      [InstallationReader, RuntimeConfig],
      async (installation, { replicaId }) =>
        new AnnouncementSeal(await installation.get(), replicaId),
    ),
    provide(
      COMPOSED,
      [
        LOG_SOURCE,
        BACKPLANE,
        AnnouncementSeal,
        UnitOfWork,
        RuntimeConfig,
        CacheConfig,
        DatabaseConfig,
        Logger,
        Metrics,
      ],
      (log, backplane, seal, writes, { replicaId }, config, database, logger, metrics) =>
        composeCache(
          {
            replicaId,
            clock: systemClock,
            scheduler: systemScheduler,
            random: Math.random,
            log,
            backplane,
            seal,
            writes,
            logger,
            counters: metrics.register(cacheMetrics),
          },
          {
            followIntervalMs: config.followIntervalMs,
            followTimeoutMs: FOLLOW_TIMEOUT_MS,
            holeGiveUpMs: database.holeGiveUpMs,
            positionWaitMs: POSITION_WAIT_MS,
            leaseMs: config.leaseMs,
            maxStaleMs: config.maxStaleMs,
            softTimeoutMs: SOFT_TIMEOUT_MS,
            maxBytes: config.maxBytes,
            maxLoads: config.maxLoads,
            isNotingUses: config.warmStartMs > 0,
            maxRecordBytes: config.recordMaxBytes,
          },
        ),
    ),
    provide(TurnClock, [COMPOSED], ({ clock }) => clock),
    provide(Coherence, [COMPOSED], ({ coherence }) => coherence),
    provide(Follower, [COMPOSED], ({ follower }) => follower),
    provide(CoherentCache, [COMPOSED], ({ cache }) => cache),
    provide(FleetCoherence, [COMPOSED], ({ fleet }) => fleet),
    provide(CacheStatus, [COMPOSED], ({ status }) => status),
    provide(
      CacheHealth,
      [CacheStatus, CacheConfig, HealthRegistry, Metrics],
      (status, config, health, metrics) => new CacheHealth(status, config, health, metrics),
    ),
    provide(
      OutputCache,
      [CoherentCache, TurnClock],
      (cache, clock) => new OutputCache(cache, clock),
    ),
    provide(
      PrimaryWatch,
      [PrimaryReader, UnitOfWork, Follower],
      (reader, unitOfWork, follower) =>
        new PrimaryWatch(new InvalidationLog(reader, unitOfWork), follower),
    ),
    ...sharedProviders,
  ],
  exports: [LOG_SOURCE, CoherentCache, SharedCache, OutputCache, Follower, CacheStatus, TurnClock],
})
export class CacheModule implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly health: CacheHealth,
    private readonly fleet: FleetCoherence,
    private readonly primaryWatch: PrimaryWatch,
    private readonly sharedStore: PartitionedSharedStore,
  ) {}

  onModuleInit(): void {
    this.health.start();
    this.fleet.start();
    this.primaryWatch.start();
  }

  /** Before the database is closed. */
  beforeApplicationShutdown(): void {
    this.primaryWatch.stop();
  }

  /** After the last request: until then what commits here is applied and announced. */
  async onApplicationShutdown(): Promise<void> {
    this.sharedStore.stop();
    await this.fleet.stop();
  }
}
