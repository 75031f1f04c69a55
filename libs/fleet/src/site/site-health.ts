import { Injectable } from '@nestjs/common';
import { CacheStatus } from '#libs/cache';
import { SiteConfig } from '#libs/config';
import { SiteReplicas } from './site-replicas.js';

export interface SiteReport {
  readonly site: string;
  readonly isServing: boolean;
  readonly checks: {
    /** How old what the site reads may be; null before it has read anything. */
    readonly data: { readonly status: 'up' | 'down'; readonly lagMs: number | null };
    /** `isComplete` is false when only the replica that answers could be counted. */
    readonly replicas: {
      readonly status: 'up' | 'down';
      readonly ready: number;
      readonly isComplete: boolean;
    };
  };
}

/**
 * Whether this site, not this replica, can serve shoppers: what decides in the traffic between sites. Depends neither on
 * Redis nor, at a site with a copy, on the primary: while the list of replicas cannot be read, one ready replica is enough.
 */
@Injectable()
export class SiteHealth {
  constructor(
    private readonly cacheStatus: CacheStatus,
    private readonly config: SiteConfig,
    private readonly replicas: SiteReplicas,
  ) {}

  async report(): Promise<SiteReport> {
    const { ready, isComplete } = await this.replicas.count();
    const lagMs = this.lagMs();
    const isFresh = lagMs !== null && lagMs <= this.config.maxLagMs;
    const isStaffed = ready >= (isComplete ? this.config.minReplicas : 1);
    return {
      site: this.config.name,
      isServing: isFresh && isStaffed,
      checks: {
        data: { status: isFresh ? 'up' : 'down', lagMs },
        replicas: { status: isStaffed ? 'up' : 'down', ready, isComplete },
      },
    };
  }

  /** The copy lacks what is known for so long; or nothing could be read for so long, by which it may lack anything. */
  private lagMs(): number | null {
    const { leaseAgeMs, copyLag } = this.cacheStatus.snapshot();
    return leaseAgeMs === undefined ? null : Math.max(leaseAgeMs, copyLag?.ageMs ?? 0);
  }
}
