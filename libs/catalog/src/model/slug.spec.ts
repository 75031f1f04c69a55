import { describe, expect, it } from '@jest/globals';
import { isSlug, slugFrom, slugWithId } from './slug.js';

describe('slugs', () => {
  it('makes a slug from a name in any Latin script', () => {
    expect(slugFrom('  Öl-Filter „Größe 5“ ')).toBe('ol-filter-grosse-5');
    expect(slugFrom('Łódź & Århus')).toBe('lodz-arhus');
    expect(slugFrom('ブレーキ')).toBe('');
    expect(slugFrom('x'.repeat(300))).toHaveLength(200);
  });

  it('accepts what it makes and nothing with other characters', () => {
    expect(isSlug('brake-pad-2')).toBe(true);
    for (const text of ['', '-a', 'a-', 'a--b', 'A', 'a b', 'ä', 'a/b', 'a'.repeat(201)]) {
      expect(isSlug(text)).toBe(false);
    }
  });

  it('makes a taken slug unique within the length a slug may have', () => {
    const id = '0199d2f4-0000-7000-8000-0123456789ab';
    expect(slugWithId('pad', id)).toBe('pad-456789ab');
    expect(slugWithId('', id)).toBe('456789ab');
    expect(isSlug(slugWithId('a'.repeat(200), id))).toBe(true);
  });
});
