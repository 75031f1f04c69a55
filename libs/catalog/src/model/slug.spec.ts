import { describe, expect, it } from '@jest/globals';
import { cutText, foldText } from '#libs/kernel';
import { isSlug, slugFrom, slugWithId } from './slug.js';

describe('slugs', () => {
  it('makes a slug from a name in any Latin script', () => {
    expect(slugFrom('  Öl-Filter „Größe 5“ ')).toBe('ol-filter-grosse-5');
    expect(slugFrom('Łódź & Århus')).toBe('lodz-arhus');
    expect(slugFrom('ブレーキ')).toBe('');
    expect(slugFrom('x'.repeat(300))).toHaveLength(200);
  });

  it('cuts a text by the units that columns count, and no character in two', () => {
    expect(cutText('\u{10400}'.repeat(40), 60)).toBe('\u{10400}'.repeat(30));
    expect(cutText('\u{10400}'.repeat(40), 61)).toBe('\u{10400}'.repeat(30));
    expect(cutText('short', 60)).toBe('short');
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

  it('folds case, diacritics and typographic variants', () => {
    expect(foldText('Ångström ﬁlter STRASSE Straße')).toBe('angstrom filter strasse strasse');
  });
});
