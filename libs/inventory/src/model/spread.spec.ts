import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spread, spreadKept, type SellableItem } from './spread.js';

const item = (
  locationId: string,
  free: number,
  other: Partial<SellableItem> = {},
): SellableItem => ({
  locationId,
  free,
  isTracked: true,
  allowsBackorder: false,
  ...other,
});
const part = (locationId: string, quantity: number) => ({ locationId, quantity });

describe('from where a variant is taken', () => {
  it('is the first location that has it whole', () => {
    const items = [item('main', 2), item('shop', 3), item('cellar', 9)];
    expect(spread(items, 2)).toEqual([part('main', 2)]);
    expect(spread(items, 3)).toEqual([part('shop', 3)]);
    expect(spread(items, 4)).toEqual([part('cellar', 4)]);
  });

  it('is each in turn where none has it whole', () => {
    const items = [item('main', 2), item('gone', -4), item('shop', 3)];
    expect(spread(items, 5)).toEqual([part('main', 2), part('shop', 3)]);
    expect(spread(items, 4)).toEqual([part('main', 2), part('shop', 2)]);
    expect(spread(items, 6)).toBeUndefined();
    expect(spread([], 1)).toBeUndefined();
  });

  it('is a back-order only for what is nowhere', () => {
    const items = [item('main', 1, { allowsBackorder: true }), item('cellar', 2)];
    expect(spread(items, 2)).toEqual([part('cellar', 2)]);
    expect(spread(items, 5)).toEqual([part('main', 3), part('cellar', 2)]);
    expect(spread([item('main', -3, { allowsBackorder: true })], 2)).toEqual([part('main', 2)]);
  });

  it('is nowhere for what there is always enough of', () => {
    const items = [item('main', 1), item('press', 0, { isTracked: false })];
    expect(spread(items, 5)).toEqual([]);
    expect(spread(items, 1)).toEqual([part('main', 1)]);
  });

  it('keeps nothing of what can be had without', () => {
    const items = [item('main', 9), item('cellar', 0, { allowsBackorder: true })];
    expect(spreadKept(items, 2)).toEqual([]);
    expect(spreadKept([item('main', 1), item('cellar', 1)], 2)).toEqual([
      part('main', 1),
      part('cellar', 1),
    ]);
    expect(spreadKept([item('main', 1)], 2)).toBeUndefined();
  });

  it('never takes more of a location than it has, and exactly what is wanted', () => {
    const free = fc.integer({ min: -3, max: 6 });
    fc.assert(
      fc.property(
        fc.array(free, { maxLength: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (all, wanted) => {
          const items = all.map((each, index) => item(`l${index}`, each));
          const parts = spread(items, wanted);
          const there = all.reduce((sum, each) => sum + Math.max(each, 0), 0);
          expect(parts !== undefined).toBe(there >= wanted);
          for (const { locationId, quantity } of parts ?? []) {
            expect(quantity).toBeLessThanOrEqual(all[Number(locationId.slice(1))] ?? 0);
          }
          const sum = parts?.reduce((left, { quantity }) => left + quantity, 0);
          if (parts !== undefined) expect(sum).toBe(wanted);
          if (all.some((each) => each >= wanted)) expect(parts).toHaveLength(1);
        },
      ),
    );
  });
});
