import type { Metrics } from '#libs/observability';
import type { FleetInspector } from '../fleet/fleet-inspector.js';
import type { RedisSharedStore } from '../shared/redis-shared-store.js';
import { sharedCacheMetrics } from '../shared/shared-cache.metrics.js';
import type { SamplingVerifier } from '../verify/sampling-verifier.js';
import type { UseRecorder } from '../warm/use-recorder.js';
import type { WarmStart } from '../warm/warm-start.js';
import type { PrimaryWatch } from './primary-watch.js';

export interface UpkeepParts {
  readonly inspector: FleetInspector;
  readonly verifier: SamplingVerifier;
  readonly recorder: UseRecorder;
  readonly warmStart: WarmStart;
  readonly sharedStore: RedisSharedStore;
  readonly primaryWatch: PrimaryWatch;
  readonly metrics: Metrics;
}

/** What goes on beside reading and writing, from the start of a replica to its end. */
export class CacheUpkeep {
  constructor(private readonly parts: UpkeepParts) {}

  /** The replica holds what the fleet uses most, or has tried long enough. */
  get isWarm(): boolean {
    return this.parts.warmStart.isOver;
  }

  start(): void {
    const { inspector, primaryWatch, sharedStore, metrics, verifier, recorder } = this.parts;
    inspector.start();
    primaryWatch.start();
    metrics.register(sharedCacheMetrics, {
      circuitOpen: (gauge) => gauge.set(sharedStore.isCircuitOpen ? 1 : 0),
    });
    verifier.start();
    recorder.start();
  }

  /** Once there is something that answers requests: finished answers are loaded by requests. */
  warmUp(): void {
    void this.parts.warmStart.run();
  }

  /** Before the database is closed. Nothing that needs it begins any more. */
  async leave(): Promise<void> {
    const { warmStart, verifier, primaryWatch, recorder } = this.parts;
    warmStart.stop();
    verifier.stop();
    primaryWatch.stop();
    await recorder.stop();
  }

  stop(): void {
    this.parts.inspector.stop();
    this.parts.sharedStore.stop();
  }
}
