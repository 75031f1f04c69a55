import {
  Global,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import {
  AnnouncementSeal,
  CacheStatus,
  CoherentCache,
  Follower,
  provide,
  systemScheduler,
  TurnClock,
} from '#libs/cache';
import { CacheConfig, RuntimeConfig } from '#libs/config';
import { DatabaseClock, InstallationReader } from '#libs/database';
import { HealthRegistry, Logger, Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { inconsistencyFound, warmStartEnded } from './fleet.events.js';
import { fleetErrors } from './fleet.errors.js';
import { fleetMetrics } from './fleet.metrics.js';
import { FleetUpkeep } from './fleet-upkeep.js';
import { FleetInspector } from './inspection/fleet-inspector.js';
import { ReplicaPruner } from './replicas/replica.pruner.js';
import { ReplicaList } from './replicas/replica-list.js';
import { ReplicaRegistry } from './replicas/replica-registry.js';
import { ReplicaStatusReport } from './replicas/replica-status-report.js';
import { SiteHealth } from './site/site-health.js';
import { SiteReplicas } from './site/site-replicas.js';
import { EntryVerifier, VERIFICATION_RESULTS } from './verification/entry-verifier.js';
import { SamplingVerifier } from './verification/sampling-verifier.js';
import { HotKeyPruner } from './warm-start/hot-key.pruner.js';
import { HotKeyRepository } from './warm-start/hot-key.repository.js';
import { UseRecorder } from './warm-start/use-recorder.js';
import { WarmStart } from './warm-start/warm-start.js';

/** More would not be faster on one database, and would leave no room for others. */
const MAX_LANES = 8;

/**
 * What replicas know of one another and do beside answering: who is there, what one holds, whether it
 * agrees with the database, what is used most. Needs `CacheModule` before it.
 */
@Global()
@Module({
  providers: [
    ReplicaList,
    ReplicaRegistry,
    ReplicaStatusReport,
    ReplicaPruner,
    SiteReplicas,
    SiteHealth,
    HotKeyRepository,
    HotKeyPruner,
    FleetUpkeep,
    provide(
      FleetInspector,
      [RuntimeConfig, RedisConnections, RedisNames, CoherentCache, InstallationReader],
      async ({ replicaId }, connections, names, cache, installation) =>
        new FleetInspector({
          replicaId,
          ...connections.channels(),
          channelOf: (replica) => names.replicaChannel(replica),
          cache,
          seal: new AnnouncementSeal(await installation.get(), replicaId, 'inspection'),
        }),
    ),
    provide(
      SamplingVerifier,
      [CoherentCache, Follower, TurnClock, CacheConfig, CacheStatus, Metrics, Logger],
      (cache, follower, clock, { verifyPerSecond }, status, metrics, logger) => {
        const { verified } = metrics.register(fleetMetrics);
        const timing = { clock, scheduler: systemScheduler };
        return new SamplingVerifier({
          cache,
          verifier: new EntryVerifier(follower, timing),
          timing,
          random: Math.random,
          perSecond: verifyPerSecond,
          onVerified: (entry, result) => {
            verified.inc({ reader: entry.region, result });
            if (result === 'different') inconsistencyFound(logger, entry, status.snapshot());
          },
        });
      },
    ),
    provide(
      UseRecorder,
      [CoherentCache, HotKeyRepository, DatabaseClock, Logger],
      (cache, notes, clock, logger) =>
        new UseRecorder({
          cache,
          notes,
          clock,
          scheduler: systemScheduler,
          random: Math.random,
          logger,
        }),
    ),
    provide(
      WarmStart,
      [
        CoherentCache,
        Follower,
        HotKeyRepository,
        TurnClock,
        CacheConfig,
        UseRecorder,
        Metrics,
        Logger,
      ],
      (cache, follower, notes, clock, { warmStartMs, maxLoads }, recorder, metrics, logger) => {
        const { warmStartSeconds, warmStartKeys } = metrics.register(fleetMetrics);
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
    ),
  ],
  exports: [ReplicaList, FleetInspector, SamplingVerifier, SiteHealth],
})
export class FleetModule
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(
    private readonly upkeep: FleetUpkeep,
    private readonly replicas: ReplicaList,
    private readonly cache: CoherentCache,
    private readonly metrics: Metrics,
    private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    const { verified } = this.metrics.register(fleetMetrics, {
      unreadableReplicas: (gauge) => gauge.set(this.replicas.unreadable),
    });
    // A series that begins with its first event never shows that event as an increase.
    this.metrics.beforeReading(() => {
      for (const reader of this.cache.upkeeps.keys()) {
        for (const result of VERIFICATION_RESULTS) verified.inc({ reader, result }, 0);
      }
    });
    this.health.requireReady('warm-start', () =>
      this.upkeep.isWarm ? Promise.resolve() : Promise.reject(fleetErrors.warmingUp()),
    );
    this.upkeep.start();
  }

  onApplicationBootstrap(): void {
    this.upkeep.join();
  }

  /** Before connections are closed: what the replica leaves behind, or takes away, is in the database. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.upkeep.leave();
  }

  onApplicationShutdown(): void {
    this.upkeep.stop();
  }
}
