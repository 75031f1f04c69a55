import type { Metrics } from '#libs/observability';
import type { FleetInspector } from '../fleet/fleet-inspector.js';
import type { RedisSharedStore } from '../shared/redis-shared-store.js';
import { sharedCacheMetrics } from '../shared/shared-cache.metrics.js';
import type { SamplingVerifier } from '../verify/sampling-verifier.js';

/** What goes on beside reading and writing, from the start of a replica to its end. */
export class CacheUpkeep {
  constructor(
    private readonly inspector: FleetInspector,
    private readonly verifier: SamplingVerifier,
    private readonly sharedStore: RedisSharedStore,
    private readonly metrics: Metrics,
  ) {}

  start(): void {
    this.inspector.start();
    this.metrics.register(sharedCacheMetrics, {
      circuitOpen: (gauge) => gauge.set(this.sharedStore.isCircuitOpen ? 1 : 0),
    });
    this.verifier.start();
  }

  /** Nothing that needs the database begins any more. */
  quiesce(): void {
    this.verifier.stop();
  }

  stop(): void {
    this.inspector.stop();
    this.sharedStore.stop();
  }
}
