import type { Clock, JsonObject } from '#libs/kernel';

export interface ProgressReporterOptions {
  readonly clock: Clock;
  /** Least time between two values that leave, in milliseconds. */
  readonly intervalMs: number;
  /** Stores and pushes one value. Failures are the caller's to report; the next value goes on. */
  readonly send: (value: JsonObject) => Promise<void>;
}

/**
 * Thins out the progress of one run: the first value leaves at once, later ones at most every
 * `intervalMs`, always the newest, never two at a time.
 */
export class ProgressReporter {
  private newest: JsonObject | undefined;
  private sentAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<void> | undefined;
  private isClosed = false;

  constructor(private readonly options: ProgressReporterOptions) {}

  /** The newest value that has not left yet. */
  get unsent(): JsonObject | undefined {
    return this.newest;
  }

  report(value: JsonObject): void {
    if (this.isClosed) return;
    this.newest = value;
    if (this.sending === undefined) this.schedule();
  }

  /**
   * Nothing leaves afterwards; resolves when nothing is under way. What is still unsent is stored
   * by the ending of the run.
   */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.sending;
  }

  private schedule(): void {
    if (this.timer !== undefined || this.isClosed) return;
    const { clock, intervalMs } = this.options;
    const waitMs = Math.max(0, this.sentAt + intervalMs - clock.monotonicMs());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.sending = this.sendNewest().finally(() => {
        this.sending = undefined;
        if (this.newest !== undefined) this.schedule();
      });
    }, waitMs);
  }

  private async sendNewest(): Promise<void> {
    const value = this.newest;
    if (value === undefined) return;
    this.newest = undefined;
    this.sentAt = this.options.clock.monotonicMs();
    await this.options.send(value);
  }
}
