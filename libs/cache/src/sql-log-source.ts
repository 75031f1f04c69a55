import type { InvalidationLog } from '#libs/database';
import type { Tracing } from '#libs/observability';
import type { LogExcerpt, LogSource } from './core/following/log-source.js';

/** The invalidation log of the product's database, or of the copy of it that a site reads. */
export class SqlLogSource implements LogSource {
  constructor(
    private readonly log: InvalidationLog,
    private readonly settleMs: number,
    readonly isCopy: boolean,
    private readonly tracing: Tracing,
  ) {}

  readAfter(position: number, limit: number): Promise<LogExcerpt> {
    return this.tracing.stepOrTrace(
      () => ({ name: 'follow', facts: { 'lockstep.position': position } }),
      () => this.log.readAfter(position, limit),
    );
  }

  settledPosition(): Promise<number> {
    return this.log.settledPosition(this.settleMs);
  }
}
