import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  cancelledRanges,
  joinedParts,
  nextRanges,
  openRange,
  piecesOf,
  takenOf,
  type TakenPart,
} from './line-pieces.js';

const part = (locationId: string | null, quantity: number): TakenPart => ({ locationId, quantity });
const line = { variantId: 'v', takenFrom: [part('a', 2), part('b', 3)] };

describe('the pieces of a line', () => {
  it('are where their place among all pieces says', () => {
    expect(piecesOf(line, { begin: 0, end: 5 })).toEqual([part('a', 2), part('b', 3)]);
    expect(piecesOf(line, { begin: 1, end: 3 })).toEqual([part('a', 1), part('b', 1)]);
    expect(piecesOf(line, { begin: 5, end: 9 })).toEqual([]);
    expect(piecesOf({ takenFrom: [] }, { begin: 0, end: 2 })).toEqual([]);
  });

  it('are shipped from the front and cancelled from the back', () => {
    const progress = { line: 1, quantity: 5, shipped: 1, cancelled: 3, returned: 0 };
    expect(openRange(progress)).toEqual({ line: 1, begin: 1, end: 2 });
    const ranges = cancelledRanges([{ line: 1, quantity: 2 }], [progress]);
    expect(ranges).toEqual([{ line: 1, begin: 2, end: 4 }]);
    expect(takenOf({ lines: [line] }, ranges)).toEqual([{ ...part('b', 2), variantId: 'v' }]);
    const gone = new Map([[1, 1]]);
    expect(nextRanges(gone, [{ line: 1, quantity: 2 }])).toEqual([{ line: 1, begin: 1, end: 3 }]);
    expect(nextRanges(gone, [{ line: 1, quantity: 1 }])).toEqual([{ line: 1, begin: 3, end: 4 }]);
  });

  it('are each shipped or cancelled once, however they go', () => {
    const steps = fc.array(
      fc.record({ isShipped: fc.boolean(), quantity: fc.integer({ min: 1, max: 3 }) }),
      { maxLength: 8 },
    );
    const places = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(places, steps, (all, wanted) => {
        const takenFrom = all.map((quantity, index) => part(`l${index}`, quantity));
        const quantity = all.reduce((sum, each) => sum + each, 0);
        let [shipped, cancelled] = [0, 0];
        const gone = new Map<number, number>();
        const moved: TakenPart[] = [];
        const progress = () => ({ line: 1, quantity, shipped, cancelled, returned: 0 });
        for (const step of wanted) {
          if (shipped + cancelled + step.quantity > quantity) continue;
          const parts = [{ line: 1, quantity: step.quantity }];
          if (step.isShipped) shipped += step.quantity;
          else cancelled += step.quantity;
          const ranges = step.isShipped
            ? nextRanges(gone, parts)
            : cancelledRanges(parts, [progress()]);
          moved.push(...ranges.flatMap((range) => piecesOf({ takenFrom }, range)));
        }
        moved.push(...piecesOf({ takenFrom }, openRange(progress())));
        const byLocation = joinedParts(moved).toSorted((one, other) =>
          String(one.locationId) < String(other.locationId) ? -1 : 1,
        );
        expect(byLocation).toEqual(takenFrom);
      }),
    );
  });
});
