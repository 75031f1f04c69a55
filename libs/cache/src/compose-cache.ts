import type { UnitOfWork } from '#libs/database';
import type { Clock } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { CacheStatus } from './cache-status.js';
import { CoherentCache, type CoherentCacheOptions } from './coherent-cache.js';
import { Coherence } from './core/following/coherence.js';
import { Follower, type FollowerOptions } from './core/following/follower.js';
import type { LogSource } from './core/following/log-source.js';
import type { AnnouncementSeal } from './core/publishing/announcement-seal.js';
import type { Backplane } from './core/publishing/backplane.js';
import { Publisher } from './core/publishing/publisher.js';
import type { WriteScope } from './core/reading/reader-environment.js';
import type { Scheduler } from './core/time/scheduler.js';
import { TurnClock } from './core/time/turn-clock.js';
import { FleetCoherence } from './fleet-coherence.js';
import { FleetReport, type FleetCounters } from './fleet-report.js';

/** What the cache of a process needs of the world around it. */
export interface CachePorts {
  readonly replicaId: string;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly log: LogSource;
  readonly backplane: Backplane;
  readonly seal: Pick<AnnouncementSeal, 'seal' | 'open'>;
  readonly writes: Pick<UnitOfWork, 'onCommit'> & WriteScope;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly counters: FleetCounters;
}

/** Bounds of the protocol and of what is held. */
export type CacheTuning = Omit<FollowerOptions, 'onHealthChanged'> &
  Pick<
    CoherentCacheOptions,
    | 'leaseMs'
    | 'maxStaleMs'
    | 'softTimeoutMs'
    | 'maxBytes'
    | 'maxLoads'
    | 'isNotingUses'
    | 'maxRecordBytes'
  >;

export interface ComposedCache {
  readonly clock: TurnClock;
  readonly coherence: Coherence;
  readonly follower: Follower;
  readonly cache: CoherentCache;
  /** Starts and stops all of it. */
  readonly fleet: FleetCoherence;
  readonly status: CacheStatus;
}

/** The whole cache of one process: of a replica, of a simulated one, of a benchmark. Nothing runs before `fleet.start()`. */
export function composeCache(ports: CachePorts, tuning: CacheTuning): ComposedCache {
  const { scheduler, random, log, backplane, seal, writes, logger, counters } = ports;
  const clock = new TurnClock(ports.clock, scheduler);
  const coherence = new Coherence();
  const follower = new Follower(coherence, log, clock, scheduler, {
    ...tuning,
    onHealthChanged: (isHealthy, err) => {
      if (isHealthy) logger.info({}, 'the invalidation log is followed again');
      else logger.warn({ err }, 'the invalidation log cannot be followed');
    },
  });
  const cache = new CoherentCache({
    ...tuning,
    coherence,
    clock,
    scheduler,
    lease: follower,
    writes,
    random,
    onRecordsFailed: (records, err) => logger.warn({ records, err }, 'records cannot be read'),
  });
  const publisher = new Publisher(backplane, ports.replicaId, seal);
  const report = new FleetReport(logger, counters);
  const fleet = new FleetCoherence(seal, writes, follower, publisher, backplane, report);
  const status = new CacheStatus(cache, coherence, follower, publisher, backplane, clock);
  return { clock, coherence, follower, cache, fleet, status };
}
