import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A value that is seen by everything `run` calls, however deep and however late, until that has settled.
 *
 * An AsyncLocalStorage that is switched off while nobody is inside. Up to Node.js 23 one that is on costs
 * every promise, timer and request of the process, whether they use it or not; what is served from
 * memory is inside of nothing, and would pay for it most.
 * Source: https://nodejs.org/docs/latest-v20.x/api/async_context.html#asynclocalstoragedisable
 */
export class AsyncScope<T> {
  private readonly storage = new AsyncLocalStorage<T | undefined>();
  private inside = 0;

  /** undefined: this code was not called by a `run` that is under way. */
  get current(): T | undefined {
    return this.inside === 0 ? undefined : this.storage.getStore();
  }

  /**
   * Calls `work` and answers what it answers. The scope ends when that has settled: work that goes on
   * by itself after it may find nothing.
   */
  run<R>(value: T, work: () => R): R {
    this.inside += 1;
    let answer: R;
    try {
      answer = this.storage.run(value, work);
    } catch (error) {
      this.leave();
      throw error;
    }
    if (answer instanceof Promise) return answer.finally(() => this.leave()) as R;
    this.leave();
    return answer;
  }

  /** Calls `work` as if nobody were inside. */
  outside<R>(work: () => R): R {
    return this.inside === 0 ? work() : this.storage.run(undefined, work);
  }

  private leave(): void {
    this.inside -= 1;
    if (this.inside === 0) this.storage.disable();
  }
}
