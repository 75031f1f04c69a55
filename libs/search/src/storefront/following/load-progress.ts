import { deferred, LockstepError } from '#libs/kernel';
import type { IndexTiming } from './index-timing.js';

/** Loading what does not fit costs much and will mostly come to the same again: it takes a twentieth of the time at most. */
const REST_FOR_EACH_MS = 20;
const LEAST_REST_MS = 60_000;

export const isTooLarge = (error: unknown): boolean =>
  error instanceof LockstepError && error.code === 'search.index-too-large';

/** How one waits for a load; default: as long as it takes. */
interface Patience {
  wait(progress: Promise<void>): Promise<void>;
}

/** How the loads of a store go, for those who wait for them. After one that failed the next begins after a pause. */
export class LoadProgress {
  private waiting = 0;
  private next = deferred<void>();
  private begunAtMs = -Infinity;
  private failedAtMs = -Infinity;
  private restMs = 0;
  private tooLarge: unknown;

  constructor(
    private readonly timing: Pick<IndexTiming, 'nowMs'>,
    private readonly pauseMs: number,
  ) {}

  get isAwaited(): boolean {
    return this.waiting > 0;
  }

  /** How long the next load has to be waited for yet. */
  get pauseLeftMs(): number {
    return this.failedAtMs + this.pauseMs - this.timing.nowMs();
  }

  /** Whether the last load was more than there is room for. */
  get wasTooLarge(): boolean {
    return this.tooLarge !== undefined;
  }

  /** The same within a minute or more, in which it is not tried again: nobody waits that long. */
  get isRefused(): boolean {
    return this.wasTooLarge && this.timing.nowMs() < this.failedAtMs + this.restMs;
  }

  /**
   * Begins, and looks again whenever something has been loaded, until it is done. Throws `search.index-too-large`, and what
   * `begin`, the patience and a load that fails throw.
   */
  async until(isDone: () => boolean, begin: () => void, patience?: Patience): Promise<void> {
    this.waiting += 1;
    try {
      while (!isDone()) {
        if (this.isRefused) throw this.tooLarge;
        begin();
        await (patience?.wait(this.next.promise) ?? this.next.promise);
      }
    } finally {
      this.waiting -= 1;
    }
  }

  /** A load begins. */
  begin(): void {
    this.begunAtMs = this.timing.nowMs();
  }

  advance(): void {
    this.failedAtMs = -Infinity;
    this.tooLarge = undefined;
    this.turn().resolve();
  }

  fail(error: unknown): void {
    this.failedAtMs = this.timing.nowMs();
    const tookMs = this.failedAtMs - this.begunAtMs;
    this.restMs = Math.max(LEAST_REST_MS, REST_FOR_EACH_MS * tookMs);
    this.tooLarge = isTooLarge(error) ? error : undefined;
    this.turn().reject(error);
  }

  private turn(): typeof this.next {
    const { next } = this;
    this.next = deferred();
    return next;
  }
}
