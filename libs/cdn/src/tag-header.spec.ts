import { describe, expect, it } from '@jest/globals';
import { encodeTag, tagHeaderFor } from './tag-header.js';

describe('the header that names what an answer is made of', () => {
  it('is the one that the provider reads', () => {
    const { name, valueOf } = tagHeaderFor('cloudflare');
    expect([name, valueOf(['a', 'b,c'])]).toEqual(['cache-tag', 'a,b%2Cc']);
    for (const provider of [
      'fastly',
      'varnish-ban',
      'varnish-xkey',
      'webhook',
      undefined,
    ] as const) {
      expect(tagHeaderFor(provider).name).toBe('surrogate-key');
      expect(tagHeaderFor(provider).valueOf(['a', 'b c'])).toBe('a b%20c');
    }
  });

  it('is left out when it would be too long to be whole', () => {
    const { valueOf } = tagHeaderFor('fastly');
    expect(valueOf(['x'.repeat(4_096)])).toHaveLength(4_096);
    expect(valueOf(['x'.repeat(4_097)])).toBeUndefined();
  });

  it('never makes one text of two tags', () => {
    const tags = ['a b', 'a%20b', 'a,b', 'a+b', 'ä', 'a.b', 'a|b', 'a\nb'];
    expect(new Set(tags.map(encodeTag)).size).toBe(tags.length);
    for (const tag of tags) expect(encodeTag(tag)).toMatch(/^[A-Za-z0-9:._~/@=%-]+$/);
  });
});
