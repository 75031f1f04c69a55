import { kernelErrors } from '#libs/kernel';

type Release = () => void;

/**
 * First in, first out. A process has one SQLite connection for writing; overlapping transactions
 * on it would become one transaction, so units of work take turns.
 */
export class WriteMutex {
  private readonly waiting: (() => void)[] = [];
  private isHeld = false;

  get queueLength(): number {
    return this.waiting.length;
  }

  /** Resolves with the function that ends the turn. Rejects when the turn does not come in time. */
  acquire(timeoutMs: number): Promise<Release> {
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(timer);
        this.isHeld = true;
        resolve(this.releaseOnce());
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(start), 1);
        reject(
          kernelErrors.deadlineExceeded({
            message: `no turn to write after ${timeoutMs} ms`,
            retryAfterSeconds: 1,
          }),
        );
      }, timeoutMs);
      if (this.isHeld) this.waiting.push(start);
      else start();
    });
  }

  private releaseOnce(): Release {
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.isHeld = false;
      this.waiting.shift()?.();
    };
  }
}
