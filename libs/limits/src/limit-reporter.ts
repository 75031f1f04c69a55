import type { Scheduler } from '#libs/cache';
import type { ClientMeters, Share } from './client-meters.js';

export interface LimitReporterOptions {
  readonly meters: ClientMeters;
  readonly scheduler: Scheduler;
  /** Adds shares to what the fleet knows and answers its levels; settles within the command timeout of Redis. */
  readonly add: (shares: readonly Share[]) => Promise<readonly number[]>;
  readonly onReport: (outcome: 'told' | 'lost') => void;
}

/** How long replicas know nothing of each other's latest requests. */
const TELL_AFTER_MS = 50;
/** Keys of one round trip, which nothing else in Redis gets between. */
const MAX_SHARES = 500;

/**
 * Keeps the meters of the replicas together, behind the requests: one report at a time, no request waits for
 * one, and a report that is lost is not sent again, since it may have arrived. Idle when no client asks.
 */
export class LimitReporter {
  private state: 'idle' | 'waiting' | 'telling' | 'stopped' = 'idle';
  private cancel: () => void = () => undefined;

  constructor(private readonly options: LimitReporterOptions) {}

  /** There is something to tell. */
  wake(): void {
    if (this.state !== 'idle') return;
    this.state = 'waiting';
    this.cancel = this.options.scheduler.after(TELL_AFTER_MS, () => void this.tell());
  }

  stop(): void {
    this.cancel();
    this.state = 'stopped';
  }

  private async tell(): Promise<void> {
    const { meters, add, onReport } = this.options;
    this.state = 'telling';
    const shares = meters.tell(MAX_SHARES);
    try {
      if (shares.length > 0) {
        meters.learn(shares, await add(shares));
        onReport('told');
      }
    } catch {
      // Each replica holds its clients to the limits alone; the watch of the connection tells of the outage.
      onReport('lost');
    }
    if (this.isStopped()) return;
    this.state = 'idle';
    if (meters.hasUntold) this.wake();
  }

  /** Apart, because it changes while a report is under way. */
  private isStopped(): boolean {
    return this.state === 'stopped';
  }
}
