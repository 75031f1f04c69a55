import { HotKeyPruner } from './warm/hot-key.pruner.js';
import {
  Global,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { CacheConfig, DatabaseConfig, RuntimeConfig } from '#libs/config';
import {
  DatabaseClock,
  InstallationReader,
  InvalidationLog,
  PrimaryReader,
  UnitOfWork,
} from '#libs/database';
import { systemClock } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { CacheStatus } from './cache-status.js';
import { cacheErrors } from './cache.errors.js';
import { cacheMetrics } from './cache.metrics.js';
import { CoherentCache } from './coherent-cache.js';
import { AnnouncementSeal } from './core/publishing/announcement-seal.js';
import { BACKPLANE, type Backplane } from './core/publishing/backplane.js';
import { Coherence } from './core/following/coherence.js';
import { Follower } from './core/following/follower.js';
import { LOG_SOURCE, type LogSource } from './core/following/log-source.js';
import { Publisher } from './core/publishing/publisher.js';
import { systemScheduler } from './core/time/scheduler.js';
import { TurnClock } from './core/time/turn-clock.js';
import { OutputCache } from './output/output-cache.js';
import { FleetCoherence } from './fleet-coherence.js';
import { FleetInspector } from './fleet/fleet-inspector.js';
import { ReplicaPruner } from './fleet/replica.pruner.js';
import { ReplicaRegistry } from './fleet/replica-registry.js';
import { RedisBackplane } from './redis-backplane.js';
import { SharedCache } from './shared/shared-cache.js';
import { sharedProviders } from './shared/shared.providers.js';
import { SqlLogSource } from './sql-log-source.js';
import { SamplingVerifier } from './verify/sampling-verifier.js';
import { CacheUpkeep } from './upkeep/cache-upkeep.js';
import { upkeepProviders } from './upkeep/upkeep.providers.js';

/** A commit that was under way when the bound passed has ended after twice the bound. */
const HOLE_GIVE_UP_FACTOR = 2;
/** Clocks of writers differ; the starting position leaves this much room. */
const CLOCK_SKEW_MS = 60_000;
const FOLLOW_TIMEOUT_MS = 1_000;
const POSITION_WAIT_MS = 2_000;
/** A reader that holds an expired value does not wait longer for a new one. */
const SOFT_TIMEOUT_MS = 1_000;

/**
 * The coherent cache of a replica, joined to the fleet by the invalidation log and the backplane; and the
 * cache that all replicas share.
 */
@Global()
@Module({
  providers: [
    { provide: Coherence, useFactory: () => new Coherence() },
    { provide: TurnClock, useFactory: () => new TurnClock(systemClock, systemScheduler) },
    {
      provide: LOG_SOURCE,
      inject: [InvalidationLog, DatabaseConfig],
      useFactory: (log: InvalidationLog, { maxTransactionMs, copyUrl }: DatabaseConfig) =>
        new SqlLogSource(
          log,
          maxTransactionMs * HOLE_GIVE_UP_FACTOR + CLOCK_SKEW_MS,
          copyUrl !== undefined,
        ),
    },
    {
      provide: BACKPLANE,
      inject: [RedisConnections, RedisNames, RuntimeConfig],
      useFactory: (connections: RedisConnections, names: RedisNames, runtime: RuntimeConfig) =>
        new RedisBackplane({
          publisher: connections.open('backplane-publisher'),
          subscriber: connections.open('backplane-subscriber'),
          channel: names.invalidationChannel,
          heartbeatChannel: names.heartbeatChannel(runtime.replicaId),
          clock: systemClock,
          scheduler: systemScheduler,
        }),
    },
    {
      provide: Follower,
      inject: [Coherence, LOG_SOURCE, TurnClock, CacheConfig, DatabaseConfig, Logger],
      useFactory: (
        coherence: Coherence,
        source: LogSource,
        clock: TurnClock,
        config: CacheConfig,
        { maxTransactionMs }: DatabaseConfig,
        logger: Logger,
      ) =>
        new Follower(coherence, source, clock, systemScheduler, {
          followIntervalMs: config.followIntervalMs,
          followTimeoutMs: FOLLOW_TIMEOUT_MS,
          holeGiveUpMs: maxTransactionMs * HOLE_GIVE_UP_FACTOR,
          positionWaitMs: POSITION_WAIT_MS,
          onHealthChanged: (isHealthy, err) => {
            if (isHealthy) logger.info({}, 'the invalidation log is followed again');
            else logger.warn({ err }, 'the invalidation log cannot be followed');
          },
        }),
    },
    {
      provide: CoherentCache,
      inject: [Coherence, TurnClock, Follower, UnitOfWork, CacheConfig],
      useFactory: (
        coherence: Coherence,
        clock: TurnClock,
        follower: Follower,
        writes: UnitOfWork,
        config: CacheConfig,
      ) =>
        new CoherentCache({
          coherence,
          clock,
          scheduler: systemScheduler,
          lease: follower,
          writes,
          leaseMs: config.leaseMs,
          maxStaleMs: config.maxStaleMs,
          softTimeoutMs: SOFT_TIMEOUT_MS,
          maxBytes: config.maxBytes,
          maxLoads: config.maxLoads,
          random: Math.random,
          isNotingUses: config.warmStartMs > 0,
        }),
    },
    {
      provide: OutputCache,
      inject: [CoherentCache, TurnClock],
      useFactory: (cache: CoherentCache, clock: TurnClock) => new OutputCache(cache, clock),
    },
    {
      provide: AnnouncementSeal,
      inject: [InstallationReader, RuntimeConfig],
      useFactory: async (installation: InstallationReader, { replicaId }: RuntimeConfig) =>
        new AnnouncementSeal(await installation.get(), replicaId),
    },
    {
      provide: Publisher,
      inject: [BACKPLANE, RuntimeConfig, AnnouncementSeal],
      useFactory: (backplane: Backplane, { replicaId }: RuntimeConfig, seal: AnnouncementSeal) =>
        new Publisher(backplane, replicaId, seal),
    },
    {
      provide: FleetCoherence,
      inject: [AnnouncementSeal, UnitOfWork, Follower, Publisher, BACKPLANE, Logger, Metrics],
      useFactory: (
        seal: AnnouncementSeal,
        unitOfWork: UnitOfWork,
        follower: Follower,
        publisher: Publisher,
        backplane: Backplane,
        logger: Logger,
        metrics: Metrics,
      ) =>
        new FleetCoherence(
          seal,
          unitOfWork,
          follower,
          publisher,
          backplane,
          logger,
          metrics.register(cacheMetrics),
        ),
    },
    {
      provide: CacheStatus,
      inject: [CoherentCache, Coherence, Follower, Publisher, BACKPLANE, TurnClock],
      useFactory: (
        cache: CoherentCache,
        coherence: Coherence,
        follower: Follower,
        publisher: Publisher,
        backplane: Backplane,
        clock: TurnClock,
      ) => new CacheStatus(cache, coherence, follower, publisher, backplane, clock),
    },
    {
      provide: ReplicaRegistry,
      inject: [RuntimeConfig, UnitOfWork, PrimaryReader, CacheStatus, DatabaseClock, Logger],
      useFactory: (
        { replicaId, role }: RuntimeConfig,
        unitOfWork: UnitOfWork,
        reader: PrimaryReader,
        status: CacheStatus,
        clock: DatabaseClock,
        logger: Logger,
      ) => new ReplicaRegistry({ id: replicaId, role }, unitOfWork, reader, status, clock, logger),
    },
    ...sharedProviders,
    ...upkeepProviders,
    ReplicaPruner,
    HotKeyPruner,
  ],
  exports: [
    CoherentCache,
    SharedCache,
    OutputCache,
    Follower,
    CacheStatus,
    ReplicaRegistry,
    FleetInspector,
    SamplingVerifier,
  ],
})
export class CacheModule
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(
    private readonly fleet: FleetCoherence,
    private readonly status: CacheStatus,
    private readonly metrics: Metrics,
    private readonly health: HealthRegistry,
    private readonly registry: ReplicaRegistry,
    private readonly upkeep: CacheUpkeep,
    private readonly config: CacheConfig,
  ) {}

  onModuleInit(): void {
    this.status.reportTo(this.metrics);
    // While the database is away for a shorter time, the replica still serves what it holds.
    this.health.requireReady('database', () => {
      const { leaseAgeMs } = this.status.snapshot();
      const isUsable = leaseAgeMs !== undefined && leaseAgeMs < this.config.maxStaleMs;
      return isUsable ? Promise.resolve() : Promise.reject(cacheErrors.followTimeout());
    });
    this.health.watch('backplane', () => {
      const { backplane } = this.status.snapshot();
      return backplane === 'connected'
        ? { isDegraded: false }
        : { isDegraded: true, reason: backplane };
    });
    this.health.requireReady('warm-start', () =>
      this.upkeep.isWarm ? Promise.resolve() : Promise.reject(cacheErrors.warmingUp()),
    );
    this.fleet.start();
    this.upkeep.start();
  }

  onApplicationBootstrap(): void {
    this.registry.start();
    this.upkeep.warmUp();
  }

  /** Before connections are closed: what the replica leaves behind, or takes away, is in the database. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.upkeep.leave();
    await this.registry.stop();
  }

  /** After the last request: until then what commits here is applied and announced. */
  async onApplicationShutdown(): Promise<void> {
    this.upkeep.stop();
    await this.fleet.stop();
  }
}
