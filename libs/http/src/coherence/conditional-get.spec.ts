import { describe, expect, it } from '@jest/globals';
import { etagOfBody, matchesEtag } from './conditional-get.js';

describe('conditional requests', () => {
  it('gives equal bytes one strong tag, and other bytes another', () => {
    expect(etagOfBody('{"a":1}')).toBe(etagOfBody(Buffer.from('{"a":1}')));
    expect(etagOfBody('{"a":1}')).not.toBe(etagOfBody('{"a":2}'));
    expect(etagOfBody('')).toMatch(/^"[\w-]{27}"$/);
  });

  it.each([
    ['"x"', true],
    ['W/"x"', true],
    ['"a", "x" ,W/"b"', true],
    ['*', true],
    ['"xx"', false],
    ['x', false],
    ['', false],
    [undefined, false],
  ])('compares If-None-Match: %s', (header, expected) => {
    expect(matchesEtag(header, '"x"')).toBe(expected);
  });
});
