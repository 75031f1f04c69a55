import { describe, expect, it } from '@jest/globals';
import { testOrder } from '../../../test/test-order.js';
import { reasonOfEdit, stockChangeOf } from './order-edit.js';

const line = (variantId: string, quantity: number, isStockTaken = true) => ({
  variantId,
  quantity,
  isStockTaken,
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
        { variantId: 'less', quantity: 4 },
        { variantId: 'gone', quantity: 3 },
      ],
    });
  });

  it('gives nothing back of what was not taken, and takes it whole once it changes', () => {
    const before = [line('less', 5, false), line('same', 1, false), line('gone', 3, false)];
    const after = [line('less', 2), line('same', 1)];
    expect(stockChangeOf(before, after)).toEqual({
      taken: [{ variantId: 'less', quantity: 2 }],
      givenBack: [],
    });
  });

  it('says why, in what there is room for', () => {
    const { lines } = testOrder();
    const edit = { agreedPrices: [], reason: 'x'.repeat(600) };
    expect(reasonOfEdit({ ...edit, reason: 'typed wrongly' }, lines, lines)).toBe('typed wrongly');
    expect(reasonOfEdit(edit, lines, lines)).toHaveLength(500);
  });
});
