import type { Clock } from '#libs/kernel';
import type { ExtendOutcome, ReleaseOutcome } from './shared-store.js';

export interface SharedLockOptions {
  readonly fence: number;
  readonly clock: Clock;
  /** When the taking was sent, by the monotonic clock. */
  readonly takenAtMs: number;
  readonly leaseMs: number;
  readonly extend: (leaseMs: number) => Promise<ExtendOutcome>;
  readonly release: () => Promise<ReleaseOutcome>;
}

/**
 * A lock that this process has taken, and holds until its lease ends.
 *
 * It keeps two holders from doing the same work at the same time in all but rare cases. It cannot do more:
 * a holder may be stopped for longer than its lease and go on afterwards, and Redis may forget the lock. Where
 * two holders would do damage, write the fence with the data and let the database refuse a smaller one.
 */
export class SharedLock {
  /**
   * Grows with every taking of the key: a later holder has a greater one, also after Redis was emptied or
   * replaced. It is the time of the Redis server in microseconds (below 2^53 until the year 2255), or one
   * more than the last. If Redis has lost everything and its clock is behind, or its clock is set back by
   * more than an hour, a later holder may get a smaller fence until the clock has caught up: a database
   * that checks fences refuses that holder, and would not refuse the earlier one.
   */
  readonly fence: number;
  private untilMs: number;
  private isGivenUp = false;

  constructor(private readonly options: SharedLockOptions) {
    this.fence = options.fence;
    this.untilMs = options.takenAtMs + options.leaseMs;
  }

  /**
   * When the lease ends, by the monotonic clock of this process. Counted from before it was asked for, so
   * it is early rather than late.
   */
  get expiresAtMs(): number {
    return this.untilMs;
  }

  isHeld(): boolean {
    return !this.isGivenUp && this.options.clock.monotonicMs() < this.untilMs;
  }

  /**
   * Makes the lease last at least `leaseMs` from now; never shorter. `lost`: it has ended already, and the
   * lock may have another owner. `unavailable`: rely on the lease as it was.
   */
  async extend(leaseMs: number): Promise<ExtendOutcome> {
    if (this.isGivenUp) return 'lost';
    const sentAtMs = this.options.clock.monotonicMs();
    const outcome = await this.options.extend(leaseMs);
    if (outcome === 'extended') this.untilMs = Math.max(this.untilMs, sentAtMs + leaseMs);
    if (outcome === 'lost') this.isGivenUp = true;
    return outcome;
  }

  /** Lets others take it. Frees only its own lock, however late it comes; `unavailable`: the lease ends it. */
  release(): Promise<ReleaseOutcome> {
    this.isGivenUp = true;
    return this.options.release();
  }
}
