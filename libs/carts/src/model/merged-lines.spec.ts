import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cartLimits, type CartLine } from './cart.js';
import { mergeLines } from './merged-lines.js';

const lineOf = (id: string, variant: number, quantity: number): CartLine => ({
  id,
  productId: `p${variant}`,
  variantId: `v${variant}`,
  quantity,
  seenMinor: null,
});

const linesOf = (prefix: string) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: cartLimits.lines })
    .chain((variants) =>
      fc.tuple(
        ...variants.map((variant) =>
          fc
            .integer({ min: 1, max: cartLimits.quantity })
            .map((quantity) => lineOf(`${prefix}${variant}`, variant, quantity)),
        ),
      ),
    );

const pieces = (lines: readonly { variantId: string; quantity: number }[]) => {
  const sum = new Map<string, number>();
  for (const { variantId, quantity } of lines) {
    sum.set(variantId, (sum.get(variantId) ?? 0) + quantity);
  }
  return sum;
};

describe('mergeLines', () => {
  // Rare among random carts.
  it('tells of what a full cart has no line for, and a full line no room', () => {
    const own = Array.from({ length: cartLimits.lines }, (_, variant) =>
      lineOf(`own${variant}`, variant, cartLimits.quantity - 1),
    );
    const guest = [lineOf('new', cartLimits.lines, 3), lineOf('known', 0, 3)];
    expect(mergeLines(own, guest)).toEqual({
      newLines: [],
      raised: new Map([['own0', cartLimits.quantity]]),
      leftOut: [
        { variantId: `v${cartLimits.lines}`, quantity: 3 },
        { variantId: 'v0', quantity: 2 },
      ],
    });
  });

  it('loses no piece of either cart: each is in the cart or told as left out', () => {
    fc.assert(
      fc.property(linesOf('own'), linesOf('guest'), (own, guest) => {
        const { newLines, raised, leftOut } = mergeLines(own, guest);
        const merged = [
          ...own.map((line) => ({ ...line, quantity: raised.get(line.id) ?? line.quantity })),
          ...newLines,
        ];
        expect(pieces([...merged, ...leftOut])).toEqual(pieces([...own, ...guest]));
      }),
      { numRuns: 50 },
    );
  });

  it('keeps within the limits, one line for a variant, and never lowers what was there', () => {
    fc.assert(
      fc.property(linesOf('own'), linesOf('guest'), (own, guest) => {
        const { newLines, raised } = mergeLines(own, guest);
        const variants = [...own, ...newLines].map(({ variantId }) => variantId);
        expect(new Set(variants).size).toBe(variants.length);
        expect(variants.length).toBeLessThanOrEqual(cartLimits.lines);
        for (const { quantity } of newLines) expect(quantity).toBeLessThanOrEqual(9_999);
        for (const [id, quantity] of raised) {
          expect(quantity).toBeGreaterThan(own.find((line) => line.id === id)?.quantity ?? 0);
          expect(quantity).toBeLessThanOrEqual(9_999);
        }
      }),
      { numRuns: 50 },
    );
  });
});
