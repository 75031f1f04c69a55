import type { Metrics } from '#libs/observability';
import type { FleetInspector } from '../fleet/fleet-inspector.js';
import type { RedisSharedStore } from '../shared/redis-shared-store.js';
import { sharedCacheMetrics } from '../shared/shared-cache.metrics.js';
import type { SamplingVerifier } from '../verify/sampling-verifier.js';
import type { UseRecorder } from '../warm/use-recorder.js';
import type { WarmStart } from '../warm/warm-start.js';

/** What goes on beside reading and writing, from the start of a replica to its end. */
export class CacheUpkeep {
  constructor(
    private readonly inspector: FleetInspector,
    private readonly verifier: SamplingVerifier,
    private readonly recorder: UseRecorder,
    private readonly warmStart: WarmStart,
    private readonly sharedStore: RedisSharedStore,
    private readonly metrics: Metrics,
  ) {}

  /** The replica holds what the fleet uses most, or has tried long enough. */
  get isWarm(): boolean {
    return this.warmStart.isOver;
  }

  start(): void {
    this.inspector.start();
    this.metrics.register(sharedCacheMetrics, {
      circuitOpen: (gauge) => gauge.set(this.sharedStore.isCircuitOpen ? 1 : 0),
    });
    this.verifier.start();
    this.recorder.start();
  }

  /** Once there is something that answers requests: finished answers are loaded by requests. */
  warmUp(): void {
    void this.warmStart.run();
  }

  /** Before the database is closed. Nothing that needs it begins any more. */
  async leave(): Promise<void> {
    this.warmStart.stop();
    this.verifier.stop();
    await this.recorder.stop();
  }

  stop(): void {
    this.inspector.stop();
    this.sharedStore.stop();
  }
}
