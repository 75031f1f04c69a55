import type { ServerResponse } from 'node:http';

/** Counts the requests under way, so that a stopping replica knows when the last one is answered. */
export class RequestTracker {
  private count = 0;
  private readonly waiters: (() => void)[] = [];

  get inFlight(): number {
    return this.count;
  }

  /** The request ends with its answer or with its connection, whichever comes first. */
  begin(response: ServerResponse): void {
    this.count += 1;
    let isOpen = true;
    const end = () => {
      if (isOpen) this.end();
      isOpen = false;
    };
    response.once('finish', end);
    response.once('close', end);
  }

  /** The same for a response of a real connection, which ends with `close` in every case and once. */
  beginOnConnection(response: ServerResponse): void {
    this.count += 1;
    response.on('close', this.end);
  }

  whenIdle(): Promise<void> {
    if (this.count === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  private readonly end = (): void => {
    this.count -= 1;
    if (this.count === 0) for (const resolve of this.waiters.splice(0)) resolve();
  };
}
