import { cacheErrors } from '../../cache.errors.js';
import { AppliedLog } from './applied-log.js';
import type { AppliedPositions } from './position-ledger.js';
import { afterAwake } from '../time/awake-timeout.js';
import type { Coherence } from './coherence.js';
import { deferred } from '#libs/kernel';
import type { LogSource } from './log-source.js';
import { pause } from '../time/pause.js';
import type { Scheduler } from '../time/scheduler.js';
import type { TurnClock } from '../time/turn-clock.js';
import type { Invalidation, InvalidationMessage } from '../publishing/wire.js';

export interface FollowerOptions {
  readonly followIntervalMs: number;
  /** A follow that takes longer counts as failed. */
  readonly followTimeoutMs: number;
  readonly holeGiveUpMs: number;
  /** How long a request with a position token may wait for it. */
  readonly positionWaitMs: number;
  /** Told when following begins to fail and when it works again. */
  readonly onHealthChanged: (isHealthy: boolean, error?: unknown) => void;
}

/** Transactions commit slightly out of order; a hole usually fills within this time. */
const HOLE_PATIENCE_MS = 25;
/** After a failure readers do not try again sooner: they serve what they hold, marked stale. */
const FAILURE_PAUSE_MS = 500;
const POSITION_POLL_MS = 25;
/** Looks into the log for those who bring a position begin no sooner after one another. */
const POSITION_FOLLOW_MS = 5;

interface FollowUnderWay {
  readonly sentAtMs: number;
  readonly finished: Promise<void>;
}

/**
 * The guaranteed path: reads the invalidation log from the replica's own contiguous watermark, at
 * an interval, and at once after a reconnect, a hole, or a request that carries a newer position.
 * A successful follow renews the lease from the time it was *sent*: everything committed before
 * that time is applied here.
 */
export class Follower {
  private readonly log: AppliedLog;
  private underWay: FollowUnderWay | undefined;
  private next: Promise<void> | undefined;
  private nextForPosition: Promise<void> | undefined;
  private positionPause: Promise<void> | undefined;
  private positionFollowedAtMs = -Infinity;
  private isStopped = false;
  private isHealthy = true;
  private failedAtMs = -Infinity;
  private cancelTimer: () => void = () => undefined;
  private cancelHoleTimer: (() => void) | undefined;
  private followCount = 0;

  constructor(
    private readonly coherence: Coherence,
    source: LogSource,
    private readonly clock: TurnClock,
    private readonly scheduler: Scheduler,
    private readonly options: FollowerOptions,
  ) {
    this.log = new AppliedLog(coherence, source, clock, options.holeGiveUpMs);
  }

  /** Everything up to here is applied. */
  get watermark(): number {
    return this.log.watermark;
  }

  /** All that is applied now, holes or not. */
  get applied(): AppliedPositions {
    return this.log.applied;
  }

  /** Committed positions the last follow saw that are still not contiguous. */
  get lag(): number {
    return this.log.lag;
  }

  /** How far the copy that is followed is behind the primary; undefined when no copy is. */
  get copyLag(): AppliedLog['copyLag'] {
    return this.log.copyLag;
  }

  get follows(): number {
    return this.followCount;
  }

  get healthy(): boolean {
    return this.isHealthy;
  }

  start(): void {
    this.scheduleNext(0);
  }

  stop(): void {
    this.isStopped = true;
    this.cancelTimer();
    this.cancelHoleTimer?.();
  }

  /** A unit of work of this process has committed: applied here before its caller goes on. */
  committed(invalidation: Invalidation): void {
    this.log.committed(invalidation);
  }

  /** The log of the primary goes up to here; a copy that is followed will. */
  primaryIsAt(position: number): void {
    this.log.primaryIsAt(position);
  }

  /** Something arrived on the fast path. */
  received(message: InvalidationMessage): void {
    for (const invalidation of message.invalidations) this.log.announced(invalidation);
    if (message.isIncomplete) this.nudge();
    else if (this.log.isIncomplete) this.followAfterPatience();
  }

  /** It is not known what was missed: drop everything, then follow. */
  lost(): void {
    this.coherence.applyEverything();
    this.nudge();
  }

  /** Follows soon; the caller does not wait. */
  nudge(): void {
    // A failure is counted and reported where it happens; no caller waits for this one.
    this.followNow().catch(() => undefined);
  }

  /** Resolves when a follow that was sent after this call has succeeded. Callers share it. */
  followNow(): Promise<void> {
    if (this.underWay === undefined) return this.begin();
    this.next ??= this.underWay.finished
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        // Another caller may have begun one since the last one ended.
        return this.underWay?.finished ?? this.begin();
      });
    return this.next;
  }

  /** Makes the lease younger than `maxAgeMs`; false when the log cannot be followed. */
  async renew(maxAgeMs: number): Promise<boolean> {
    const now = this.clock.exactMs();
    if (now - this.failedAtMs < FAILURE_PAUSE_MS) return false;
    const { underWay } = this;
    const isRecent = underWay !== undefined && now - underWay.sentAtMs < maxAgeMs;
    try {
      await (isRecent ? underWay.finished : this.followNow());
      return true;
    } catch {
      return false; // Reported where it happened; the reader decides what it may still serve.
    }
  }

  /** Everything up to `position` is applied here, as far as is known without asking. */
  hasReached(position: number): boolean {
    return this.log.watermark >= position;
  }

  /**
   * Waits, within a bound, until everything up to `position` is applied here. However many wait, they
   * share their looks into the log, which begin at most every few milliseconds.
   *
   * Throws `cache.position-unknown` when the log does not go that far (a position is seen only
   * after its commit, so one look is enough), and `cache.position-not-reached` when it was not applied
   * in time. A copy may lag, so of a copy everything is awaited.
   */
  async ensurePosition(position: number): Promise<void> {
    const deadline = this.clock.exactMs() + this.options.positionWaitMs;
    while (!this.hasReached(position)) {
      // After a follow sent now, all that committed before is applied, holes or not.
      const isFollowed = await this.followForPosition().then(
        () => true,
        () => false,
      );
      if (isFollowed && this.log.has(position)) return;
      if (isFollowed && this.log.isBeyond(position)) {
        throw cacheErrors.positionUnknown({ details: { position } });
      }
      if (this.clock.exactMs() > deadline) {
        throw cacheErrors.positionNotReached({ details: { position }, retryAfterSeconds: 1 });
      }
      await this.pauseOfPositions();
    }
  }

  /** A follow that is sent after this call, for all who ask until it is sent. */
  private followForPosition(): Promise<void> {
    this.nextForPosition ??= this.paced().then(() => {
      this.nextForPosition = undefined;
      this.positionFollowedAtMs = this.clock.exactMs();
      return this.followNow();
    });
    return this.nextForPosition;
  }

  private paced(): Promise<void> {
    const waitMs = this.positionFollowedAtMs + POSITION_FOLLOW_MS - this.clock.exactMs();
    return waitMs > 0 ? pause(this.scheduler, waitMs) : Promise.resolve();
  }

  /** One pause for all that wait. */
  private pauseOfPositions(): Promise<void> {
    this.positionPause ??= pause(this.scheduler, POSITION_POLL_MS).then(() => {
      this.positionPause = undefined;
    });
    return this.positionPause;
  }

  private begin(): Promise<void> {
    if (this.isStopped) return Promise.reject(cacheErrors.followTimeout({ message: 'stopped' }));
    const finished = this.follow(this.clock.exactMs()).finally(() => {
      this.underWay = undefined;
    });
    this.underWay = { sentAtMs: this.clock.exactMs(), finished };
    return finished;
  }

  private async follow(sentAtMs: number): Promise<void> {
    this.followCount += 1;
    try {
      await this.bounded((isAbandoned) => this.log.catchUp(sentAtMs, isAbandoned));
      this.failedAtMs = -Infinity;
      this.report(true);
    } catch (error) {
      this.failedAtMs = this.clock.exactMs();
      this.report(false, error);
      throw error;
    }
  }

  private scheduleNext(afterMs: number): void {
    if (this.isStopped) return;
    this.cancelTimer = this.scheduler.after(afterMs, () => {
      const startedAt = this.clock.exactMs();
      this.followNow()
        .catch(() => undefined) // Reported where it happened; the loop goes on.
        .finally(() => {
          const tookMs = this.clock.exactMs() - startedAt;
          this.scheduleNext(Math.max(0, this.options.followIntervalMs - tookMs));
        });
    });
  }

  private followAfterPatience(): void {
    if (this.cancelHoleTimer !== undefined || this.isStopped) return;
    this.cancelHoleTimer = this.scheduler.after(HOLE_PATIENCE_MS, () => {
      this.cancelHoleTimer = undefined;
      if (this.log.isIncomplete) this.nudge();
    });
  }

  private async bounded(work: (isAbandoned: () => boolean) => Promise<void>): Promise<void> {
    const limit = deferred<never>();
    let isAbandoned = false;
    const cancel = afterAwake(
      this.options.followTimeoutMs,
      () => {
        isAbandoned = true;
        limit.reject(cacheErrors.followTimeout());
      },
      { clock: this.clock, scheduler: this.scheduler },
    );
    const working = work(() => isAbandoned);
    working.catch(() => undefined); // No caller is left to hear of a late failure.
    await Promise.race([working, limit.promise]).finally(cancel);
  }

  private report(isHealthy: boolean, error?: unknown): void {
    if (isHealthy === this.isHealthy) return;
    this.isHealthy = isHealthy;
    this.options.onHealthChanged(isHealthy, error);
  }
}
