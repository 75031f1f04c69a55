import { cacheErrors } from '../cache.errors.js';
import { afterAwake } from './awake-timeout.js';
import type { Coherence } from './coherence.js';
import { deferred } from './deferred.js';
import type { LogSource } from './log-source.js';
import { PositionLedger } from './position-ledger.js';
import type { Scheduler } from './scheduler.js';
import type { TurnClock } from './turn-clock.js';
import type { Invalidation, InvalidationMessage } from './wire.js';

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

const PAGE_SIZE = 1_000;
/** A replica further behind than this drops everything instead of reading the log. */
const MAX_PAGES = 50;
/** Transactions commit slightly out of order; a hole usually fills within this time. */
const HOLE_PATIENCE_MS = 25;
/** After a failure readers do not try again sooner: they serve what they hold, marked stale. */
const FAILURE_PAUSE_MS = 500;
const POSITION_POLL_MS = 25;

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
  private readonly ledger: PositionLedger;
  private underWay: FollowUnderWay | undefined;
  private next: Promise<void> | undefined;
  private isReady = false;
  private isStopped = false;
  private isHealthy = true;
  private failedAtMs = -Infinity;
  private cancelTimer: () => void = () => undefined;
  private cancelHoleTimer: (() => void) | undefined;
  private followCount = 0;
  private lastSeen = 0;

  constructor(
    private readonly coherence: Coherence,
    private readonly source: LogSource,
    private readonly clock: TurnClock,
    private readonly scheduler: Scheduler,
    private readonly options: FollowerOptions,
  ) {
    this.ledger = new PositionLedger(0, options.holeGiveUpMs);
  }

  /** Everything up to here is applied. */
  get watermark(): number {
    return this.ledger.watermark;
  }

  /** Committed positions the last follow saw that are still not contiguous. */
  get lag(): number {
    return Math.max(0, this.lastSeen - this.ledger.watermark);
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
    this.accept(invalidation);
  }

  /** Something arrived on the fast path. */
  received(message: InvalidationMessage): void {
    for (const invalidation of message.invalidations) this.accept(invalidation);
    if (message.isIncomplete) this.nudge();
    else if (this.ledger.aboveCount > 0) this.followAfterPatience();
  }

  /** It is not known what was missed: drop everything, then follow. */
  lost(): void {
    this.coherence.applyEverything();
    this.nudge();
  }

  /** Follow soon, without anybody waiting. */
  nudge(): void {
    // A failure is counted and reported where it happens; nobody waits for this one.
    this.followNow().catch(() => undefined);
  }

  /** Resolves when a follow that was sent after this call has succeeded. Callers share it. */
  followNow(): Promise<void> {
    if (this.underWay === undefined) return this.begin();
    this.next ??= this.underWay.finished
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.begin();
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

  /**
   * Waits, within a bound, until everything up to `position` is applied here.
   * Throws `cache.position-not-reached`.
   */
  async ensurePosition(position: number): Promise<void> {
    const deadline = this.clock.exactMs() + this.options.positionWaitMs;
    while (this.ledger.watermark < position) {
      // After a follow sent now, all that committed before is applied, holes or not.
      const isFollowed = await this.followNow().then(
        () => true,
        () => false,
      );
      if (isFollowed && this.ledger.has(position)) return;
      if (this.clock.exactMs() > deadline) {
        throw cacheErrors.positionNotReached({ details: { position }, retryAfterSeconds: 1 });
      }
      await this.pause(POSITION_POLL_MS);
    }
  }

  private accept({ position, tags }: Invalidation): void {
    if (this.isReady && this.ledger.has(position)) return;
    this.coherence.apply(tags);
    if (this.isReady) this.ledger.add(position);
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
      await this.bounded(this.catchUp(sentAtMs));
      this.failedAtMs = -Infinity;
      this.report(true);
    } catch (error) {
      this.failedAtMs = this.clock.exactMs();
      this.report(false, error);
      throw error;
    }
  }

  private async catchUp(sentAtMs: number): Promise<void> {
    if (!this.isReady) {
      const settled = await this.source.settledPosition();
      if (!this.isReady) this.ledger.reset(settled);
      this.isReady = true;
    }
    let from = this.ledger.watermark;
    let excerpt = await this.source.readAfter(from, PAGE_SIZE);
    if (excerpt.last < from || excerpt.prunedTo > from) {
      // The log no longer continues from here: pruned past this replica, or replaced by another.
      from = await this.startOver();
      excerpt = await this.source.readAfter(from, PAGE_SIZE);
    }
    for (let page = 1; ; page += 1) {
      for (const record of excerpt.records) this.accept(record);
      from = excerpt.records.at(-1)?.position ?? from;
      this.lastSeen = Math.max(from, excerpt.last);
      if (excerpt.records.length < PAGE_SIZE) break;
      if (page % MAX_PAGES === 0) from = await this.startOver();
      excerpt = await this.source.readAfter(from, PAGE_SIZE);
    }
    this.ledger.followed(from, sentAtMs, this.clock.exactMs());
    this.coherence.followed(sentAtMs);
  }

  /** Drops everything and goes on from where no transaction can be under way any more. */
  private async startOver(): Promise<number> {
    const settled = await this.source.settledPosition();
    this.ledger.reset(settled);
    this.coherence.applyEverything();
    return settled;
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
      if (this.ledger.aboveCount > 0) this.nudge();
    });
  }

  private bounded<T>(work: Promise<T>): Promise<T> {
    const limit = deferred<never>();
    const cancel = afterAwake(
      this.options.followTimeoutMs,
      () => limit.reject(cacheErrors.followTimeout()),
      { clock: this.clock, scheduler: this.scheduler },
    );
    work.catch(() => undefined); // A late failure has nobody left to tell.
    return Promise.race([work, limit.promise]).finally(cancel);
  }

  private pause(ms: number): Promise<void> {
    const pause = deferred<void>();
    this.scheduler.after(ms, () => pause.resolve());
    return pause.promise;
  }

  private report(isHealthy: boolean, error?: unknown): void {
    if (isHealthy === this.isHealthy) return;
    this.isHealthy = isHealthy;
    this.options.onHealthChanged(isHealthy, error);
  }
}
