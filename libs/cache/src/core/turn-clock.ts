import type { Clock } from '#libs/kernel';
import type { Scheduler } from './scheduler.js';

/** A chain of microtasks never ends the turn, so the time is also read anew after this many uses. */
const USES_PER_READ = 1_024;

/**
 * Monotonic time read once per event-loop turn, which is one callback of the loop. Reading the real
 * clock on every hit would cost more than the hit. The value is never older than the turn under way,
 * which ends before any I/O (a follow, a message, the next request) is looked at.
 */
export class TurnClock {
  private cachedMs = 0;
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
    this.cachedMs = this.clock.monotonicMs();
    this.usesLeft = USES_PER_READ;
    if (!this.isArmed) {
      this.isArmed = true;
      this.scheduler.afterTurn(this.endTurn);
    }
    return this.cachedMs;
  }

  private readonly endTurn = (): void => {
    this.isArmed = false;
    this.usesLeft = 0;
  };
}
