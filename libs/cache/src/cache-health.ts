import { CacheConfig } from '#libs/config';
import { HealthRegistry, Metrics } from '#libs/observability';
import { CacheStatus } from './cache-status.js';
import { cacheErrors } from './cache.errors.js';

/** Tells metrics, readiness and health how the cache of this replica is doing. */
export class CacheHealth {
  constructor(
    private readonly status: CacheStatus,
    private readonly config: Pick<CacheConfig, 'maxStaleMs'>,
    private readonly health: HealthRegistry,
    private readonly metrics: Metrics,
  ) {}

  start(): void {
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
  }
}
