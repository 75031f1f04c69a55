import { Injectable } from '@nestjs/common';
import { CacheStatus, type CacheSnapshot } from '#libs/cache';
import { SiteConfig } from '#libs/config';
import { HealthRegistry, ReplicaLoad } from '#libs/observability';
import { replicaStatusSchema, type ReplicaStatus } from './replica-record.js';

interface Reads {
  readonly hits: number;
  readonly misses: number;
}

/** Makes what the replica says about itself: how its cache is, and how busy it was since the last report. */
@Injectable()
export class ReplicaStatusReport {
  private before: Reads | undefined;

  constructor(
    private readonly cacheStatus: CacheStatus,
    private readonly load: ReplicaLoad,
    private readonly health: HealthRegistry,
    private readonly site: SiteConfig,
  ) {}

  /** The first says nothing of load: nothing says since when it would be. */
  async make(): Promise<ReplicaStatus> {
    const snapshot = this.cacheStatus.snapshot();
    const { before } = this;
    const now = readsOf(snapshot);
    this.before = now;
    const measured = this.load.snapshot();
    const { isReady } = await this.health.report();
    return replicaStatusSchema.parse({
      ...snapshot,
      site: this.site.name,
      leaseAgeMs: snapshot.leaseAgeMs ?? null,
      copyLagMs: snapshot.copyLag?.ageMs ?? null,
      hitRatio: snapshot.hitRatio ?? null,
      load:
        before === undefined
          ? null
          : {
              ...measured,
              hits: now.hits - before.hits,
              misses: now.misses - before.misses,
              isReady,
            },
    });
  }
}

function readsOf({ readers }: CacheSnapshot): Reads {
  return {
    hits: readers.reduce((sum, { hits }) => sum + hits, 0),
    misses: readers.reduce((sum, { misses }) => sum + misses, 0),
  };
}
