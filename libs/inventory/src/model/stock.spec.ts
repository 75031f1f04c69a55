import { expect, it } from '@jest/globals';
import { productLimits } from '#libs/kernel';
import { availabilityOf, NO_STOCK, settledStock, stockBreaches } from './stock.js';

const item = { onHand: 3, isTracked: true, allowsBackorder: false, reserved: 0, version: 2 };

it('shows what can be had: what is on hand and promised to nobody', () => {
  expect(availabilityOf(item)).toBe('in-stock');
  expect(availabilityOf({ ...item, reserved: 3 })).toBe('out-of-stock');
  expect(availabilityOf({ ...item, reserved: 3, allowsBackorder: true })).toBe('backorder');
  expect(availabilityOf({ ...item, onHand: -1, isTracked: false })).toBe('in-stock');
  expect(availabilityOf(NO_STOCK)).toBe('out-of-stock');
});

it('keeps what is the same, and counts on where something changes', () => {
  const same = { onHand: 3, isTracked: true, allowsBackorder: false };
  expect(settledStock(item, same)).toBe(item);
  expect(settledStock({ ...item, reserved: 1 }, { ...same, onHand: 4 })).toEqual({
    ...item,
    onHand: 4,
    reserved: 1,
    version: 3,
  });
  // Nothing on hand is something else than nothing known.
  const empty = { onHand: 0, isTracked: true, allowsBackorder: false };
  expect(settledStock(NO_STOCK, empty)).toMatchObject({ version: 1 });
});

it('refuses a statement that is based on another version', () => {
  expect(() => settledStock(item, { ...item, version: 1 })).toThrow(
    expect.objectContaining({ status: 412 }),
  );
  expect(settledStock(item, { ...item, version: 2 })).toBe(item);
});

it('wants a whole number within bounds', () => {
  for (const onHand of [0.5, Number.NaN, productLimits.onHand + 1, -productLimits.onHand - 1]) {
    expect(stockBreaches({ ...item, onHand })).toMatchObject([{ path: 'stock.onHand' }]);
  }
  expect(stockBreaches({ ...item, onHand: -productLimits.onHand })).toEqual([]);
});
