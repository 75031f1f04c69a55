import { EVERYTHING, regionTag } from '../following/coherence.js';
import type { AppliedPositions } from '../following/position-ledger.js';
import { observeReads, ReadObserver } from './read-observer.js';

/** What was worked out from cached values, and what it depends on. */
export interface ReadPlan<T> {
  readonly value: T;
  /** Everything that was read is at this position of the log, or newer. */
  readonly position: number;
  /** Above a hole of the log, rows that everything that was read knows of as well. */
  readonly knownAbove: ReadonlySet<number>;
  readonly tags: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
}

/**
 * Works something out from cached values, noting what it reads. A unit of work that begins later and
 * finds no row of the log that {@link concernsPlan} may rely on it.
 */
export async function planFromCache<T>(
  applied: () => AppliedPositions,
  work: () => Promise<T>,
): Promise<ReadPlan<T>> {
  const { upTo, above } = applied();
  const observer = new ReadObserver();
  const value = await observeReads(observer, work);
  const { tags, regions } = observer;
  return { value, position: upTo, knownAbove: above, tags, regions };
}

/**
 * Whether a row of the log voids anything that the plan was built from. What had been applied when the
 * plan was begun does not, also above a hole: a transaction that rolled back leaves one for as long as
 * it might have lasted, and everything behind it would void each new plan meanwhile.
 */
export function concernsPlan(
  plan: Omit<ReadPlan<unknown>, 'value'>,
  { position, tags }: { readonly position: number; readonly tags: readonly string[] },
): boolean {
  if (position <= plan.position || plan.knownAbove.has(position)) return false;
  const regions = new Set([...plan.regions].map(regionTag));
  return tags.some((tag) => tag === EVERYTHING || plan.tags.has(tag) || regions.has(tag));
}
