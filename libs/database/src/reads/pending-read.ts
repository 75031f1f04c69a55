import { systemClock } from '#libs/kernel';
import type { OnStatement } from '../watching/slow-statements.js';
import type { RenderedSql } from '../sql/sql.js';
import type { ReadOptions } from './read-source.js';

interface PendingReadOptions extends ReadOptions {
  readonly waitMs: number;
  /** What it fails with when its turn does not come in time. */
  readonly refusal: () => Error;
  /** It is settled although its turn has not come. */
  readonly onLeave: (read: PendingRead) => void;
  /** Told once a thread has answered it, or its caller has left it, and of how long the thread had it. */
  readonly onStatement?: OnStatement | undefined;
}

/** A read with a caller that waits: in the queue first, then in a thread. Settles once. */
export class PendingRead {
  readonly rows: Promise<object[]>;
  private resolve: (rows: object[]) => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;
  private readonly timer: NodeJS.Timeout;
  private beganAt: number | undefined;

  constructor(
    readonly statement: RenderedSql,
    private readonly options: PendingReadOptions,
  ) {
    this.rows = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.timer = setTimeout(() => this.leave(options.refusal()), options.waitMs);
    options.signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Its turn has come; from here on a thread bounds the wait. */
  begin(): void {
    clearTimeout(this.timer);
    this.beganAt = systemClock.monotonicMs();
  }

  succeed(rows: object[]): void {
    this.settle();
    this.resolve(rows);
  }

  fail(error: unknown): void {
    this.settle();
    this.reject(error);
  }

  private settle(): void {
    clearTimeout(this.timer);
    this.tell();
    this.options.signal?.removeEventListener('abort', this.onAbort);
  }

  private tell(): void {
    const { beganAt } = this;
    this.beganAt = undefined;
    if (beganAt === undefined) return;
    this.options.onStatement?.('read', this.statement.text, systemClock.monotonicMs() - beganAt);
  }

  private leave(error: unknown): void {
    this.options.onLeave(this);
    this.fail(error);
  }

  private readonly onAbort = (): void => this.leave(this.options.signal?.reason);
}
