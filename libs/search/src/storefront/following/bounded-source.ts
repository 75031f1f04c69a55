import { afterAwake } from '#libs/cache';
import { deferred } from '#libs/kernel';
import { searchErrors } from '../../model/search.errors.js';
import type { IndexSource } from './index-source.js';
import { systemTiming, type IndexTiming } from './index-timing.js';

/** Each step of a load, such as a page of products, takes a fraction of a second. */
const STEP_LIMIT_MS = 30_000;

/**
 * The source, each of whose answers comes within half a minute or fails with `search.index-not-ready`: a load never
 * hangs, whatever its statements do. Time in which the process stood still does not count.
 */
export function boundedSource(
  source: IndexSource,
  timing: IndexTiming = systemTiming,
): IndexSource {
  const within = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const limit = deferred<never>();
    const giveUp = (): void =>
      limit.reject(
        searchErrors.indexNotReady({ message: 'the products could not be read in time' }),
      );
    const cancel = afterAwake(STEP_LIMIT_MS, giveUp, {
      clock: { exactMs: () => timing.nowMs() },
      scheduler: timing,
    });
    return Promise.race([answer, limit.promise]).finally(cancel);
  };
  return {
    findStore: (code) => within(source.findStore(code)),
    page: (store, afterId, limit) => within(source.page(store, afterId, limit)),
    some: (store, ids) => within(source.some(store, ids)),
  };
}
