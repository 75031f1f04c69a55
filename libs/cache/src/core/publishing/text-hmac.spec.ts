import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { TextHmac } from './text-hmac.js';

const codeOf = (key: Uint8Array, text: string) =>
  createHmac('sha256', key).update(text).digest('base64url');

describe('TextHmac', () => {
  it('is HMAC-SHA256 of any key and text, one after another', () => {
    const keys = fc.uint8Array({ maxLength: 64 });
    const texts = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(keys, texts, (key, each) => {
        const hmac = new TextHmac(key);
        expect(each.map((text) => hmac.codeOf(text))).toEqual(
          each.map((text) => codeOf(key, text)),
        );
      }),
    );
  });

  it.each([21_845, 21_846, 65_536, 100_000])('is that of a text of %d characters', (length) => {
    const key = new Uint8Array(32).fill(7);
    const hmac = new TextHmac(key);
    for (const character of ['a', '\u20ac']) {
      const text = character.repeat(length);
      expect(hmac.codeOf(text)).toBe(codeOf(key, text));
      expect(hmac.codeOf('short')).toBe(codeOf(key, 'short'));
    }
  });

  it('takes no key that would have to be hashed first', () => {
    expect(() => new TextHmac(new Uint8Array(65))).toThrow(RangeError);
  });
});
