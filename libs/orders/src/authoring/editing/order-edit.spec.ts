import { describe, expect, it } from '@jest/globals';
import { testOrder } from '../../../test/test-order.js';
import { isAnother, linesAfter, reasonOfEdit, stockChangeOf } from './order-edit.js';

const line = (variantId: string, quantity: number, isStockTaken = true) => ({
  variantId,
  quantity,
  isStockTaken,
  takenFrom: isStockTaken ? [{ locationId: 'main', quantity }] : [],
});

describe('an edit of an order', () => {
  it('takes and gives back the difference of each line', () => {
    const before = [line('more', 2), line('less', 5), line('same', 1), line('gone', 3)];
    const after = [line('more', 6), line('less', 1), line('same', 1), line('new', 4)];
    expect(stockChangeOf(before, after)).toEqual({
      taken: [
        { variantId: 'more', quantity: 4 },
        { variantId: 'new', quantity: 4 },
      ],
      givenBack: [
        { variantId: 'less', quantity: 4, locationId: 'main' },
        { variantId: 'gone', quantity: 3, locationId: 'main' },
      ],
    });
  });

  it('keeps where the pieces were taken that stay, and adds where those were that came', () => {
    const [first] = testOrder().lines;
    const at = (locationId: string | null, quantity: number) => ({ locationId, quantity });
    const had = { ...line('a', 3), takenFrom: [at('main', 2), at('cellar', 1)] };
    const planned = (variantId: string, quantity: number) => ({ ...first!, variantId, quantity });
    const after = (quantity: number, taken: readonly { locationId: string; quantity: number }[]) =>
      linesAfter(
        [had, line('free', 1, false)],
        [planned('a', quantity), planned('free', 1)],
        new Map([['a', taken]]),
      );
    expect(after(2, [])).toMatchObject([
      { isStockTaken: true, takenFrom: [at('main', 2)] },
      { isStockTaken: false, takenFrom: [] },
    ]);
    const more = [
      { locationId: 'cellar', quantity: 2 },
      { locationId: 'attic', quantity: 1 },
    ];
    expect(after(6, more)).toMatchObject([
      { takenFrom: [at('main', 2), at('cellar', 3), at('attic', 1)] },
      {},
    ]);
  });

  it('gives nothing back of what was not taken, and takes it whole once it changes', () => {
    const before = [line('less', 5, false), line('same', 1, false), line('gone', 3, false)];
    const after = [line('less', 2), line('same', 1)];
    expect(stockChangeOf(before, after)).toEqual({
      taken: [{ variantId: 'less', quantity: 2 }],
      givenBack: [],
    });
  });

  it('says why and what changed, in what there is room for', () => {
    const order = testOrder();
    const edit = { agreedPrices: [], reason: 'x'.repeat(600) };
    const typo = { ...edit, reason: 'typed wrongly' };
    expect(reasonOfEdit(typo, order, order)).toBe('typed wrongly');
    const moved = {
      ...order,
      shipping: { ...order.shipping, method: 'express' },
      shippingAddress: { ...order.shippingAddress, street: 'Secret Street 1' },
    };
    expect(reasonOfEdit(typo, order, moved)).toBe(
      `typed wrongly; shipping: ${order.shipping.method} → express; another address`,
    );
    expect(reasonOfEdit(edit, order, order)).toHaveLength(500);
  });

  it('makes another order of it, or none', () => {
    const order = testOrder();
    expect(isAnother(order, { ...order, shippingAddress: { ...order.shippingAddress } })).toBe(
      false,
    );
    const [first] = order.lines;
    for (const other of [
      { lines: [] },
      { lines: [{ ...first!, quantity: 7 }, ...order.lines.slice(1)] },
      { lines: [{ ...first!, unitPriceMinor: 7 }, ...order.lines.slice(1)] },
      { shipping: { ...order.shipping, method: 'express' } },
      { shippingAddress: { ...order.shippingAddress, city: 'Bonn' } },
      { totalMinor: order.totalMinor + 1 },
    ]) {
      expect(isAnother(order, { ...order, ...other })).toBe(true);
    }
  });
});
