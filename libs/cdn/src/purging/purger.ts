import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CdnConfig, DatabaseConfig, RuntimeConfig } from '#libs/config';
import { newId } from '#libs/kernel';
import { Logger, Metrics } from '#libs/observability';
import { cdnMetrics } from '../cdn.metrics.js';
import { PurgeClient } from './purge-client.js';
import { PurgeSources } from './purge-sources.js';
import { TargetPurger, type PurgeOutcome } from './target-purger.js';

/** Every authoring replica ticks; for each shared cache the one that holds its lease purges. Does nothing unless configured. */
@Injectable()
export class Purger implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly targets: readonly TargetPurger[];
  private readonly intervalMs: number;
  private readonly stopping = new AbortController();
  private readonly ticking = new Map<TargetPurger, Promise<PurgeOutcome>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    runtime: RuntimeConfig,
    { purging }: CdnConfig,
    { holeGiveUpMs }: DatabaseConfig,
    sources: PurgeSources,
    metrics: Metrics,
    private readonly logger: Logger,
  ) {
    this.intervalMs = purging?.intervalMs ?? 0;
    if (purging === undefined) {
      this.targets = [];
      return;
    }
    const holder = `${runtime.replicaId} ${newId()}`;
    const shared = {
      holder,
      purging,
      holeGiveUpMs,
      ...sources.all,
      metrics: metrics.register(cdnMetrics, {
        behindSeconds: (gauge) => {
          gauge.reset();
          for (const { target, behindMs } of this.targets) {
            if (behindMs !== undefined) gauge.set({ target }, behindMs / 1_000);
          }
        },
      }),
      logger,
      signal: this.stopping.signal,
    };
    this.targets = purging.urls.map(
      (url) => new TargetPurger(new PurgeClient(url, purging), shared),
    );
  }

  onApplicationBootstrap(): void {
    if (this.targets.length === 0) return;
    this.timer = setInterval(() => void this.tick(), this.intervalMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await Promise.all(this.ticking.values());
    for (const target of this.targets) {
      try {
        await target.stop();
      } catch (err) {
        // The lease ends by itself, and what was purged since its last word is purged again.
        this.logger.warn(
          { err, target: target.target },
          'the lease of a purge could not be released',
        );
      }
    }
  }

  /** Never rejects. A cache that does not answer holds up no other. */
  tick(): Promise<PurgeOutcome[]> {
    return Promise.all(this.targets.map((target) => this.tickOf(target)));
  }

  private tickOf(target: TargetPurger): Promise<PurgeOutcome> {
    const known = this.ticking.get(target);
    if (known !== undefined) return known;
    const ticking = target.tick().finally(() => this.ticking.delete(target));
    this.ticking.set(target, ticking);
    return ticking;
  }
}
