import { describe, expect, it } from '@jest/globals';
import { unsafeText } from './unsafe-text.js';

describe('unsafeText', () => {
  it('names what no name may hold', () => {
    expect(unsafeText('a\u0000b')).toBe('a control character');
    expect(unsafeText('a\u0085b')).toBe('a control character');
    expect(unsafeText('a\ud800')).toBe('half of a surrogate pair');
    for (const control of ['\u202e', '\u2066', '\u200f', '\u061c']) {
      expect(unsafeText(`a${control}b`)).toBe('a control of the writing direction');
    }
  });

  it('takes every script, joiners and line breaks', () => {
    for (const text of ['Öl', 'ブレーキ', 'فرامل', '👩‍🔧', 'a\r\n\tb', '']) {
      expect(unsafeText(text)).toBeUndefined();
    }
  });
});
