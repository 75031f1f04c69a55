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
  return {
    findStore: (code) => within(source.findStore(code), timing),
    page: (store, afterId, limit) => within(source.page(store, afterId, limit), timing),
    some: (store, ids) => within(source.some(store, ids), timing),
  };
}

/** The answer of one step, or `search.index-not-ready` when it takes too long. */
export async function within<Answer>(
  answer: Promise<Answer>,
  timing: IndexTiming,
): Promise<Answer> {
  const limit = deferred<never>();
  const giveUp = (): void =>
    limit.reject(searchErrors.indexNotReady({ message: 'the products could not be read in time' }));
  const cancel = afterAwake(STEP_LIMIT_MS, giveUp, {
    clock: { exactMs: () => timing.nowMs() },
    scheduler: timing,
  });
  return Promise.race([answer, limit.promise]).finally(cancel);
}
