import { describe, expect, it } from '@jest/globals';
import { normalisedPrefix, RandomCodes } from './coupon-batch.js';
import { normalisedCode } from './coupon.js';
import { promotionLimits } from './promotion-rules.js';

const randomCodes = (prefix: string, count: number) => new RandomCodes().draw(prefix, count);

describe('codes', () => {
  it('are distinct, begin as asked, and are codes', () => {
    const codes = randomCodes('SUMMER-26', 2_000);
    expect(new Set(codes).size).toBe(2_000);
    for (const code of codes) {
      expect(code).toMatch(/^SUMMER-26-[2-9A-HJKMNP-TV-Z]{10}$/);
      expect(normalisedCode(code)).toBe(code);
    }
    expect(randomCodes('', 1)[0]).toMatch(/^[2-9A-Z]{10}$/);
  });

  it('fit with the longest prefix', () => {
    const longest = 'X'.repeat(promotionLimits.prefixLength);
    const prefix = normalisedPrefix(longest, promotionLimits.prefixLength) ?? '';
    expect(normalisedCode(randomCodes(prefix, 1)[0] ?? '')).toBeDefined();
    expect(normalisedPrefix(`${longest}X`, promotionLimits.prefixLength)).toBeUndefined();
    for (const bad of ['a b', '-x', 'x-', 'ä', 'x;']) {
      expect(normalisedPrefix(bad, promotionLimits.prefixLength)).toBeUndefined();
    }
  });

  it('are read however they are written, and nothing else is', () => {
    expect(normalisedCode(' five-off ')).toBe('FIVE-OFF');
    for (const bad of ['', 'AB', 'A B C', '-ABC', 'ABC-', 'ÄBC', 'A'.repeat(41), "A'--B"]) {
      expect(normalisedCode(bad)).toBeUndefined();
    }
  });
});
