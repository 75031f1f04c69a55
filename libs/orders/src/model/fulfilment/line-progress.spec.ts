import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  mergedQuantities,
  openPart,
  openQuantity,
  stateOfProgress,
  type LineProgress,
} from './line-progress.js';

const line = (quantity: number, shipped: number, cancelled: number): LineProgress => ({
  line: 1,
  quantity,
  shipped,
  cancelled,
  returned: 0,
});

const progress = fc
  .record({ quantity: fc.integer({ min: 1, max: 9 }), a: fc.nat(9), b: fc.nat(9) })
  .map(({ quantity, a, b }) => {
    const shipped = Math.min(a, quantity);
    return line(quantity, shipped, Math.min(b, quantity - shipped));
  });

describe('the state of an order', () => {
  it('follows from what has gone which way', () => {
    expect(stateOfProgress([line(2, 0, 0)])).toBe('open');
    expect(stateOfProgress([line(2, 0, 1)])).toBe('open');
    expect(stateOfProgress([line(2, 1, 0)])).toBe('partly-shipped');
    expect(stateOfProgress([line(2, 2, 0), line(1, 0, 0)])).toBe('partly-shipped');
    expect(stateOfProgress([line(2, 1, 1), line(1, 1, 0)])).toBe('shipped');
    expect(stateOfProgress([line(2, 2, 0), line(1, 0, 1)])).toBe('shipped');
    expect(stateOfProgress([line(2, 0, 2), line(1, 0, 1)])).toBe('cancelled');
  });

  it('is final exactly when nothing is left to go', () => {
    fc.assert(
      fc.property(fc.array(progress, { minLength: 1 }), (lines) => {
        const isFinal = ['shipped', 'cancelled'].includes(stateOfProgress(lines));
        expect(isFinal).toBe(lines.every((one) => openQuantity(one) === 0));
        expect(openPart(lines).length === 0).toBe(isFinal);
      }),
    );
  });
});

describe('mergedQuantities', () => {
  it('counts a line that is named twice with both quantities', () => {
    const parts = [
      { line: 2, quantity: 1 },
      { line: 1, quantity: 1 },
      { line: 2, quantity: 3 },
    ];
    expect(mergedQuantities(parts)).toEqual([
      { line: 2, quantity: 4 },
      { line: 1, quantity: 1 },
    ]);
  });
});
