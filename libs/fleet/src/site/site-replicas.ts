import { Injectable } from '@nestjs/common';
import { RuntimeConfig, SiteConfig } from '#libs/config';
import { systemClock, withDeadline } from '#libs/kernel';
import { HealthRegistry } from '#libs/observability';
import { ReplicaList } from '../replicas/replica-list.js';

/** The list is in the database of the primary site, which may be away just when this site is asked. */
const LIST_TIMEOUT_MS = 1_000;
/** Anybody may ask: the database is asked no more often than that. */
const KEPT_MS = 2_000;

export interface ReadyReplicas {
  readonly ready: number;
  /** False while the list of replicas cannot be read: then only this replica is counted. */
  readonly isComplete: boolean;
}

/** Counts the storefront replicas of this site that are ready: this one by what it knows, others by their last report. */
@Injectable()
export class SiteReplicas {
  private others:
    { readonly count: Promise<number | undefined>; readonly sinceMs: number } | undefined;

  constructor(
    private readonly runtime: RuntimeConfig,
    private readonly site: SiteConfig,
    private readonly replicas: ReplicaList,
    private readonly health: HealthRegistry,
  ) {}

  /** Takes at most as long as the readiness of this replica; never rejects. */
  async count(): Promise<ReadyReplicas> {
    const now = systemClock.monotonicMs();
    if (this.others === undefined || now - this.others.sinceMs >= KEPT_MS) {
      this.others = { count: this.countOthers(), sinceMs: now };
    }
    const [others, { isReady }] = await Promise.all([this.others.count, this.health.report()]);
    const own = isReady && this.runtime.role === 'commerce' ? 1 : 0;
    return { ready: own + (others ?? 0), isComplete: others !== undefined };
  }

  private async countOthers(): Promise<number | undefined> {
    try {
      const list = await withDeadline(
        this.replicas.list(),
        LIST_TIMEOUT_MS,
        'the list of replicas',
      );
      return list.filter(
        ({ id, role, isAlive, status }) =>
          id !== this.runtime.replicaId &&
          role === 'commerce' &&
          isAlive &&
          status.site === this.site.name &&
          status.load?.isReady === true,
      ).length;
    } catch {
      return undefined; // The database says so itself, in logs, metrics and readiness.
    }
  }
}
