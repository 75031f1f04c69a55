import { afterAwake } from '#libs/cache';
import { deferred } from '#libs/kernel';
import { searchErrors } from '../../model/search.errors.js';
import { systemTiming, type IndexTiming } from './index-timing.js';

/**
 * How long one search waits for the index of a store. Time in which the replica stood still does not count: what
 * arrived meanwhile is looked at first.
 */
export class IndexPatience {
  private readonly limit = deferred<never>();
  /** To be called when there is nothing more to wait for. */
  readonly end: () => void;

  constructor(waitMs: number, storeCode: string, timing: IndexTiming = systemTiming) {
    this.limit.promise.catch(() => undefined); // Heard of by what waits, if anything does.
    const refuse = (): void =>
      this.limit.reject(
        searchErrors.indexNotReady({ details: { store: storeCode }, retryAfterSeconds: 1 }),
      );
    this.end = afterAwake(waitMs, refuse, {
      clock: { exactMs: () => timing.nowMs() },
      scheduler: timing,
    });
  }

  /** Throws `search.index-not-ready` when the time is up, also at once. */
  wait(promise: Promise<void>): Promise<void> {
    return Promise.race([promise, this.limit.promise]);
  }
}
