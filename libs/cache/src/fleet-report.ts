import type { Logger } from '#libs/observability';
import type { BackplaneState } from './core/publishing/backplane.js';

/** What is counted of the fast path. */
export interface FleetCounters {
  readonly received: { inc(): void };
  readonly unknownMessages: { inc(): void };
  readonly ignoredMessages: { inc(labels: { readonly reason: string }): void };
  readonly backplaneSilences: { inc(): void };
}

/** Counts and logs what happens on the fast path. */
export class FleetReport {
  constructor(
    private readonly logger: Pick<Logger, 'info' | 'warn'>,
    private readonly counters: FleetCounters,
  ) {}

  received(): void {
    this.counters.received.inc();
  }

  ignored(reason: string): void {
    this.counters.ignoredMessages.inc({ reason });
  }

  otherVersion(): void {
    this.counters.unknownMessages.inc();
    this.logger.warn({}, 'a backplane message of another version: the cache is cleared');
  }

  backplane(state: BackplaneState): void {
    if (state === 'silent') this.counters.backplaneSilences.inc();
    if (state === 'connected') this.logger.info({}, 'the backplane is connected');
    else this.logger.warn({ state }, 'the backplane is not heard; the log is followed instead');
  }
}
