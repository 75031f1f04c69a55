import { describe, expect, it } from '@jest/globals';
import { cartLimits } from './cart.js';
import { HOLDING_DAY_MS, heldLines, holdingTime } from './held-lines.js';

const MINUTE = 60_000;
const rules = { minutes: 10, pieces: 3 };

describe('how long goods are kept for a cart', () => {
  it('is renewed by each change, and ends four times as late as the first one says', () => {
    expect(holdingTime(null, 1_000, rules)).toEqual({ since: 1_000, until: 1_000 + 10 * MINUTE });
    const at = (minutes: number) => holdingTime(0, minutes * MINUTE, rules).until;
    expect(at(5)).toBe(15 * MINUTE);
    expect(at(30)).toBe(40 * MINUTE);
    expect(at(35)).toBe(40 * MINUTE);
    expect(at(39)).toBe(40 * MINUTE);
    expect(at(40)).toBeUndefined();
  });

  it('begins anew a day after it began', () => {
    expect(holdingTime(0, HOLDING_DAY_MS - 1, rules)).toEqual({ since: 0, until: undefined });
    expect(holdingTime(0, HOLDING_DAY_MS, rules).since).toBe(HOLDING_DAY_MS);
  });
});

describe('what a cart wants kept', () => {
  const line = (id: string, quantity: number) => ({
    id,
    productId: 'product',
    variantId: `variant ${id}`,
    quantity,
    seenMinor: null,
  });

  it('is what is no more than the store keeps of one item', () => {
    const lines = [line('a', 3), line('b', 4), line('c', 1)];
    expect(heldLines(lines, rules).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('is of the first lines only', () => {
    const lines = Array.from({ length: 200 }, (_each, index) => line(String(index), 1));
    expect(heldLines(lines, rules)).toHaveLength(cartLimits.heldItems);
  });
});
