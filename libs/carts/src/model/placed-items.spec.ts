import { describe, expect, it } from '@jest/globals';
import { cartLimits, type CartLine } from './cart.js';
import { placeItems } from './placed-items.js';

const line = (variantId: string, quantity: number): CartLine => ({
  id: `line-of-${variantId}`,
  productId: 'p',
  variantId,
  quantity,
  seenMinor: 100,
});

const variants = new Map(
  ['a', 'b', 'c'].map((name) => [name.toUpperCase(), { productId: 'p', variantId: name }]),
);

describe('placeItems', () => {
  it('gives each variant one line, however often it is named', () => {
    const { outcomes, newLines, raised } = placeItems([line('a', 1)], variants, [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 3 },
      { sku: 'B', quantity: 4 },
      { sku: 'A', quantity: 5 },
    ]);
    expect(outcomes.map((outcome) => outcome.isAdded && outcome.quantity)).toEqual([3, 3, 7, 8]);
    expect(newLines).toMatchObject([{ variantId: 'b', quantity: 7, seenMinor: null }]);
    expect([...raised]).toEqual([['line-of-a', 8]]);
  });

  it('tells of each item why it does not fit, and places the others', () => {
    const full = Array.from({ length: cartLimits.lines - 1 }, (_, index) => line(`x${index}`, 1));
    const { outcomes, newLines } = placeItems([...full, line('a', cartLimits.quantity)], variants, [
      { sku: 'NONE', quantity: 1 },
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ]);
    expect(outcomes).toEqual([
      { sku: 'NONE', isAdded: false, reason: 'unknown-sku' },
      { sku: 'A', isAdded: false, reason: 'too-many' },
      { sku: 'B', isAdded: false, reason: 'cart-full' },
    ]);
    expect(newLines).toEqual([]);
  });
});
