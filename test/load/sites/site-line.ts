import { delay } from '#libs/kernel';
import type { ReplicatedCopy } from '../../support/replicated-copy.js';

const EVERY_MS = 500;

/** The line between two sites: brings the copy on, again and again, while it is whole. */
export class SiteLine {
  /** The longest that a commit may have waited for the copy while the line was whole. */
  slowestMs = 0;
  private isWhole = true;
  private isOver = false;
  private beganMs: number | undefined;
  private readonly loop: Promise<void>;

  constructor(private readonly copy: ReplicatedCopy) {
    this.loop = this.bring();
    this.loop.catch(() => undefined); // `stop` tells.
  }

  cut(): void {
    this.isWhole = false;
    this.beganMs = undefined;
  }

  /** The copy has what was committed until now when it returns. */
  mend(): void {
    this.copy.replicate();
    this.isWhole = true;
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.loop;
  }

  private async bring(): Promise<void> {
    for (; !this.isOver; await delay(EVERY_MS)) {
      if (!this.isWhole) continue;
      const beganMs = performance.now();
      this.copy.replicate();
      // What was committed just after the last step had begun came with this one.
      const waitedMs = performance.now() - (this.beganMs ?? beganMs);
      this.slowestMs = Math.max(this.slowestMs, waitedMs);
      this.beganMs = beganMs;
    }
  }
}
