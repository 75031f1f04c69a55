import type { Clock } from '#libs/kernel';
import type { Scheduler } from './scheduler.js';

/** A chain of microtasks never ends the turn, so the time is also read anew after this many uses. */
const USES_PER_READ = 1_024;
/** Uses that follow each other this closely come from one turn, and more will come. */
const BURST_MS = 0.002;

/**
 * Monotonic time read about once per event-loop turn, which is one callback of the loop. Reading the
 * real clock on every hit would cost more than the hit; so would learning of the end of a turn, when
 * there is only one hit in it. So the time is kept from the second of two uses in quick succession
 * on. The value is never older than the turn under way, which ends before any I/O (a follow, a message,
 * the next request) is looked at.
 */
export class TurnClock {
  private cachedMs = 0;
  private readAtMs = -Infinity;
  private usesLeft = 0;
  private isArmed = false;

  constructor(
    private readonly clock: Clock,
    private readonly scheduler: Scheduler,
  ) {}

  nowMs(): number {
    if (this.usesLeft > 0) {
      this.usesLeft -= 1;
      return this.cachedMs;
    }
    return this.read();
  }

  /** The real time, for what is done once per load or follow. */
  exactMs(): number {
    return this.clock.monotonicMs();
  }

  private read(): number {
    const now = this.clock.monotonicMs();
    if (now - this.readAtMs < BURST_MS) this.keep(now);
    this.readAtMs = now;
    return now;
  }

  private keep(now: number): void {
    this.cachedMs = now;
    this.usesLeft = USES_PER_READ;
    if (this.isArmed) return;
    this.isArmed = true;
    this.scheduler.afterTurn(this.endTurn);
  }

  private readonly endTurn = (): void => {
    this.isArmed = false;
    this.usesLeft = 0;
  };
}
