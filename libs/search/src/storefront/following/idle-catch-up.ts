import type { IndexTiming } from './index-timing.js';

/** What nobody asks for is loaded no sooner than this after the last time. */
export const IDLE_CATCH_UP_MS = 100;

/**
 * Decides when what is marked is loaded although no search waits for it: what comes after a rest at once, in the step
 * in which it is heard; what comes soon after that together, ten times a second at most. So a single change is ready
 * for the next search, and many changes cost as few loads as if none were loaded at once.
 */
export class IdleCatchUp {
  private begunAtMs = -Infinity;
  private cancelTimer: (() => void) | undefined;
  private isStopped = false;

  /** `begin` begins to load what is marked; false when nothing is. */
  constructor(
    private readonly timing: Pick<IndexTiming, 'after' | 'nowMs'>,
    private readonly begin: () => boolean,
  ) {}

  /** Something may have been marked. */
  heard(): void {
    if (this.isStopped || this.cancelTimer !== undefined) return;
    const waitMs = this.begunAtMs + IDLE_CATCH_UP_MS - this.timing.nowMs();
    if (waitMs <= 0) return this.beginNow();
    this.cancelTimer = this.timing.after(waitMs, () => {
      this.cancelTimer = undefined;
      this.beginNow();
    });
  }

  stop(): void {
    this.isStopped = true;
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private beginNow(): void {
    if (!this.begin()) return;
    this.begunAtMs = this.timing.nowMs();
    // What is marked meanwhile, or cannot be loaded now, is not forgotten.
    this.heard();
  }
}
