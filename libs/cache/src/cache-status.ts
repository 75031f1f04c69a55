import type { Metrics, RegisteredMetrics } from '#libs/observability';
import { cacheMetrics } from './cache.metrics.js';
import type { CoherentCache, ReaderState, RecordState } from './coherent-cache.js';
import type { Backplane, BackplaneState } from './core/publishing/backplane.js';
import type { Coherence } from './core/following/coherence.js';
import type { Follower } from './core/following/follower.js';
import type { Publisher, PublisherStats } from './core/publishing/publisher.js';
import type { TurnClock } from './core/time/turn-clock.js';

export interface CacheSnapshot {
  /** Everything up to this position of the log is applied on this replica. */
  readonly position: number;
  readonly lag: number;
  /** Milliseconds since the last successful follow was sent; undefined before the first. */
  readonly leaseAgeMs: number | undefined;
  /** How far the copy that this replica reads is behind what is known; undefined when it reads none. */
  readonly copyLag: Follower['copyLag'];
  readonly isLogReachable: boolean;
  readonly backplane: BackplaneState;
  readonly clears: number;
  /** Share of reads answered from memory since start; undefined before the first read. */
  readonly hitRatio: number | undefined;
  readonly published: PublisherStats;
  readonly readers: readonly ReaderState[];
}

/** How the cache of this replica is doing, for the fleet view, health and metrics. */
export class CacheStatus {
  constructor(
    private readonly cache: CoherentCache,
    private readonly coherence: Coherence,
    private readonly follower: Follower,
    private readonly publisher: Publisher,
    private readonly backplane: Backplane,
    private readonly clock: TurnClock,
  ) {}

  snapshot(): CacheSnapshot {
    const readers = this.cache.readerStates();
    const hits = readers.reduce((sum, reader) => sum + reader.hits, 0);
    const reads = readers.reduce((sum, reader) => sum + reader.hits + reader.misses, 0);
    const leaseAgeMs = this.clock.exactMs() - this.coherence.followedSinceMs;
    return {
      position: this.follower.watermark,
      lag: this.follower.lag,
      leaseAgeMs: Number.isFinite(leaseAgeMs) ? Math.round(leaseAgeMs) : undefined,
      copyLag: this.follower.copyLag,
      isLogReachable: this.follower.healthy,
      backplane: this.backplane.state,
      clears: this.coherence.clears,
      hitRatio: reads === 0 ? undefined : hits / reads,
      published: { ...this.publisher.stats },
      readers,
    };
  }

  reportTo(metrics: Metrics): void {
    const registered = metrics.register(cacheMetrics, {
      position: (gauge) => {
        const snapshot = this.snapshot();
        gauge.set(snapshot.position);
        registered.logLag.set(snapshot.lag);
        if (snapshot.leaseAgeMs !== undefined) {
          registered.leaseAgeSeconds.set(snapshot.leaseAgeMs / 1_000);
        }
        registered.copyLagPositions.set(snapshot.copyLag?.positions ?? 0);
        registered.copyLagSeconds.set((snapshot.copyLag?.ageMs ?? 0) / 1_000);
        registered.follows.set(this.follower.follows);
        registered.clears.set(snapshot.clears);
        registered.backplaneConnected.set(snapshot.backplane === 'connected' ? 1 : 0);
        for (const what of ['messages', 'invalidations', 'failures', 'dropped'] as const) {
          registered.published.set({ what }, snapshot.published[what]);
        }
        for (const outcome of ['confirmed', 'repeated', 'refused'] as const) {
          registered.wholeAnswers.set({ outcome }, this.cache.wholeStats[outcome]);
        }
        const { running, waiting } = this.cache.loadsUnderWay();
        registered.loadsUnderWay.set({ state: 'running' }, running);
        registered.loadsUnderWay.set({ state: 'waiting' }, waiting);
        for (const reader of snapshot.readers) this.reportReader(registered, reader);
        for (const state of this.cache.recordStates()) this.reportRecords(registered, state);
      },
    });
  }

  private reportReader(
    registered: RegisteredMetrics<typeof cacheMetrics>,
    state: ReaderState,
  ): void {
    const reader = state.name;
    registered.reads.set({ reader, result: 'hit' }, state.hits);
    registered.reads.set({ reader, result: 'miss' }, state.misses);
    registered.reads.set({ reader, result: 'stale' }, state.staleServed);
    const stored = state.loads - state.doomedLoads - state.loadFailures;
    registered.loads.set({ reader, outcome: 'stored' }, stored);
    registered.loads.set({ reader, outcome: 'overtaken' }, state.doomedLoads);
    registered.loads.set({ reader, outcome: 'failed' }, state.loadFailures);
    registered.loadSeconds.set({ reader }, state.loadMsTotal / 1_000);
    registered.removals.set({ reader, reason: 'evicted' }, state.evictions);
    registered.removals.set({ reader, reason: 'invalidated' }, state.invalidations);
    registered.refreshes.set({ reader }, state.refreshes);
    registered.entries.set({ reader, kind: 'value' }, state.entries - state.negativeEntries);
    registered.entries.set({ reader, kind: 'absence' }, state.negativeEntries);
    registered.bytes.set({ reader }, state.bytes);
  }

  private reportRecords(
    registered: RegisteredMetrics<typeof cacheMetrics>,
    { name: records, ...state }: RecordState,
  ): void {
    registered.records.set({ records, state: 'held' }, state.records);
    registered.records.set({ records, state: 'missing' }, state.missing);
    registered.recordBytes.set({ records }, state.bytes);
    registered.recordFinds.set({ records }, state.finds);
    registered.recordsLeftOut.set({ records }, state.leftOut);
  }
}
