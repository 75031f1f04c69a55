import type { Clock } from '#libs/kernel';

/** The time of a {@link TimeBound} has run out. */
export class OutOfTime extends Error {}

/** A stretch of time that begins now; all that waits within it shares what is left. */
export class TimeBound {
  private readonly startedAt: number;

  constructor(
    private readonly clock: Clock,
    readonly ms: number,
  ) {
    this.startedAt = clock.monotonicMs();
  }

  get elapsedMs(): number {
    return this.clock.monotonicMs() - this.startedAt;
  }

  /** Never below zero. */
  get leftMs(): number {
    return Math.max(0, this.ms - this.elapsedMs);
  }

  get isOver(): boolean {
    return this.elapsedMs > this.ms;
  }

  /** Throws {@link OutOfTime} when it is over. */
  assertNotOver(): void {
    if (this.isOver) throw new OutOfTime();
  }

  /**
   * Rejects with {@link OutOfTime} when `wait` has not settled in what is left. The wait itself goes on,
   * and what it says afterwards is not heard.
   */
  async limit<T>(wait: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const end = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new OutOfTime()), Math.ceil(this.leftMs) + 1);
    });
    try {
      return await Promise.race([wait, end]);
    } finally {
      clearTimeout(timer);
      wait.catch(() => undefined);
    }
  }
}
