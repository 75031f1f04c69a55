import { describe, expect, it } from '@jest/globals';
import { cutText, foldText } from './fold-text.js';

describe('texts', () => {
  it('folds case, diacritics and typographic variants', () => {
    expect(foldText('Ångström ﬁlter STRASSE Straße')).toBe('angstrom filter strasse strasse');
  });

  it('cuts a text by the units that columns count, and no character in two', () => {
    expect(cutText('\u{10400}'.repeat(40), 60)).toBe('\u{10400}'.repeat(30));
    expect(cutText('\u{10400}'.repeat(40), 61)).toBe('\u{10400}'.repeat(30));
    expect(cutText('short', 60)).toBe('short');
  });
});
