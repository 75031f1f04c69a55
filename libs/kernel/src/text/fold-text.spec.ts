import { describe, expect, it } from '@jest/globals';
import { cutText, foldText, foldToLetters } from './fold-text.js';

describe('texts', () => {
  it('folds case, diacritics and typographic variants', () => {
    expect(foldText('Ångström ﬁlter STRASSE Straße')).toBe('angstrom filter strasse strasse');
  });

  it.each([
    ['Ёлка й', 'елка и'],
    ['Άνθρωπος', 'ανθρωποσ'],
    ['كِتَاب', 'كتاب'],
    ['שָׁלוֹם', 'שלום'],
    ['IŞIK İstanbul ı', 'isik istanbul i'],
    ['Ｗｉｄｅ', 'wide'],
  ])('leaves out what people leave out: %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it.each([
    ['vowel signs of Devanagari', 'किताब', 'किताब'],
    ['a nukta, however it is written', '\u095B', '\u091C\u093C'],
    ['vowels and tones of Thai', 'ที่นี่', 'ที่นี่'],
    ['vowels of Tamil, however they are written', 'கொ', '\u0B95\u0BCA'],
    ['voiced kana', 'ガパ', 'ガパ'],
    ['voiced kana of half width', 'ｶﾞﾊﾟ', 'ガパ'],
  ])('keeps %s', (_, text, folded) => {
    expect(foldText(text)).toBe(folded);
    expect(foldText(folded)).toBe(folded);
  });

  it('folds to letters alone, whatever their marks say', () => {
    expect(foldToLetters('Straße किताब ガ É')).toBe('strasse कतब カ e');
  });

  it('cuts a text by the units that columns count, and no character in two', () => {
    expect(cutText('\u{10400}'.repeat(40), 60)).toBe('\u{10400}'.repeat(30));
    expect(cutText('\u{10400}'.repeat(40), 61)).toBe('\u{10400}'.repeat(30));
    expect(cutText('short', 60)).toBe('short');
  });
});
