import { EVERYTHING, regionTag } from '../following/coherence.js';
import { observeReads, ReadObserver } from './read-observer.js';

/** What was worked out from cached values, and what it depends on. */
export interface ReadPlan<T> {
  readonly value: T;
  /** Everything that was read is at this position of the log, or newer. */
  readonly position: number;
  readonly tags: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
}

/**
 * Works something out from cached values, noting what it reads. A unit of work that begins later and
 * finds no row of the log behind the plan's position that {@link concernsPlan} may rely on it.
 */
export async function planFromCache<T>(
  watermark: () => number,
  work: () => Promise<T>,
): Promise<ReadPlan<T>> {
  const position = watermark();
  const observer = new ReadObserver();
  const value = await observeReads(observer, work);
  return { value, position, tags: observer.tags, regions: observer.regions };
}

/** Whether a row of the log with these tags voids anything that the plan was built from. */
export function concernsPlan(
  plan: Pick<ReadPlan<unknown>, 'tags' | 'regions'>,
  tags: readonly string[],
): boolean {
  const regions = new Set([...plan.regions].map(regionTag));
  return tags.some((tag) => tag === EVERYTHING || plan.tags.has(tag) || regions.has(tag));
}
