import { inSteps } from './in-steps.js';
import type { LiveSegment } from './live-segment.js';

const LOOK_UPS_PER_STEP = 200;

/** Where a product is that is to be buried. */
interface Grave {
  readonly id: string;
  readonly live: LiveSegment;
  readonly product: number;
}

/** Looks the products up in steps, before they are buried in one; those that do not hold are left out. */
export function* gravesOf(
  ids: readonly string[],
  segments: () => readonly LiveSegment[],
): Generator<undefined, Grave[]> {
  const graves: Grave[] = [];
  const look = (index: number): void => {
    const grave = graveOf(ids[index] as string, segments());
    if (grave !== undefined) graves.push(grave);
  };
  yield* inSteps(ids.length, look, LOOK_UPS_PER_STEP);
  return graves;
}

/** Buries the products, of which a merge may have moved some since they were looked up. */
export function buryIn(segments: readonly LiveSegment[], graves: readonly Grave[]): void {
  for (const grave of graves) {
    const found = segments.includes(grave.live) ? grave : graveOf(grave.id, segments);
    found?.live.bury(found.product);
  }
}

function graveOf(id: string, segments: readonly LiveSegment[]): Grave | undefined {
  for (const live of segments) {
    const product = live.placeOf(id);
    if (product !== undefined) return { id, live, product };
  }
  return undefined;
}
