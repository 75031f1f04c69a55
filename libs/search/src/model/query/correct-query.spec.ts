import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finish, named, selectionOf, storeIndexOf } from '../../../test/indexed-products.js';
import { languageOf } from '../text/language.js';
import { correctQuery, replaceWords, writtenAs } from './correct-query.js';
import { parseQuery } from './parse-query.js';
import type { QueryWord, SearchSelection } from './search-query.js';

const english = (text: string) => parseQuery(text, languageOf('en'));

function corrected(
  names: readonly string[],
  query: string,
  filter: Partial<SearchSelection> = {},
): string | undefined {
  const index = storeIndexOf(names.map((name, number) => named(number, name)));
  const selection = selectionOf({ ...filter, q: query });
  return correctQuery(index, query, english, selection, index.total(selection))?.query;
}

describe('correctQuery', () => {
  it.each([
    // More edits than a search forgives by itself.
    ['Pad', 'pat', 'pad'],
    ['Brake', 'brqqe', 'brake'],
    ['Brake pad', 'brqqe, PAD!', 'brake, PAD!'],
    ['Brake pads', 'brqqe pqds', 'brake pads'],
    ['Bremsbeläge', 'brmsbelage', 'bremsbelage'],
  ])('of products like %s turns %s into %s', (name, query, wanted) => {
    expect(corrected([name], query)).toBe(wanted);
  });

  it('leaves a query alone that nothing is like, and numbers', () => {
    expect(corrected(['Brake'], 'unicorn')).toBeUndefined();
    expect(corrected(['Brake'], 'brqqe unicorn')).toBeUndefined();
    expect(corrected(['A1004'], 'a1005')).toBeUndefined();
    expect(corrected(['Brake A1004'], 'brqqe a1005')).toBeUndefined();
    expect(corrected([], 'brake')).toBeUndefined();
    // Found by its beginning, and no word is near enough.
    expect(corrected(['Aaaaa aa'], 'aaar')).toBeUndefined();
  });

  it('takes the word of the most products, when a known one leads to fewer', () => {
    const shirts = ['Shirt red', 'Shirt blue', 'Shirt green'];
    expect(corrected([...shirts, 'Shrit'], 'shrit')).toBe('shirt');
    expect(corrected(shirts, 'shirt')).toBeUndefined();
    expect(corrected([...shirts, 'Skirt'], 'shirt')).toBeUndefined();
    expect(corrected(['Skirt', 'Skirt', 'Shift', ...shirts, 'Short'], 'shiit')).toBe('shirt');
  });

  it('takes a word that leads to products as it is before one that leads to them by a typing error', () => {
    const names = ['Shirt red', 'Shirt green', 'Skirt blue'];
    expect(corrected(names, 'sbirt blue')).toBe('skirt blue');
  });

  it('takes no stop word of the language, however many products have it', () => {
    const names = ['Pad an axle', 'Disc an axle', 'Agm'];
    expect(corrected(names, 'agn')).toBe('agm');
    expect(corrected(names.slice(0, 2), 'agn')).toBeUndefined();
    expect(corrected(names, 'agn', { languageCode: 'fi' })).toBe('an');
  });

  it('takes no word that no product has any more', () => {
    const index = storeIndexOf([named(0, 'Pad'), named(1, 'Rim')]);
    finish(index.change([named(0, '').id], [named(0, 'Wheel')]));
    const selection = selectionOf({ q: 'pat' });
    expect(index.likelyTerms(selection.words[0] as QueryWord, 3, new Set())).toEqual([]);
    expect(correctQuery(index, 'pat', english, selection, 0)).toBeUndefined();
  });

  it('counts what the other filters leave', () => {
    const index = storeIndexOf([
      { ...named(0, 'Shirt'), brand: 'Other' },
      { ...named(1, 'Skirt'), brand: 'Wanted' },
    ]);
    const selection = selectionOf({ q: 'sbirt', brands: ['Wanted'] });
    expect(correctQuery(index, 'sbirt', english, selection, 0)?.query).toBe('skirt');
    const nothing = selectionOf({ q: 'sbirt', brands: ['None'] });
    expect(correctQuery(index, 'sbirt', english, nothing, 0)).toBeUndefined();
  });

  it('never leads to nothing, and never to less than was found', () => {
    const word = fc
      .array(fc.constantFrom('a', 'b', 'r', 'k', 'e'), { minLength: 2, maxLength: 7 })
      .map((letters) => letters.join(''));
    const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), text, (names, query) => {
        const index = storeIndexOf(names.map((name, number) => named(number, name)));
        const selection = selectionOf({ q: query });
        const total = index.total(selection);
        const correction = correctQuery(index, query, english, selection, total);
        if (correction === undefined) return;
        const words = english(correction.query);
        const found = index.total({ ...selection, words });
        expect(found).toBeGreaterThan(0);
        const isKnown = selection.words.every((each) => index.hasWord(each, 'en'));
        if (isKnown) expect(found).toBeGreaterThan(total);
        expect(correction.query).not.toBe(query);
      }),
    );
  });
});

describe('the words of a correction', () => {
  it.each([
    ['bremsbelage', ['Satz Bremsbeläge vorn'], 'bremsbeläge'],
    ['bremsbelaege', ['Satz Bremsbeläge vorn'], 'bremsbeläge'],
    ['tshirt', ['Ein „T-Shirt“, rot'], 't-shirt'],
    ['strasse', ['STRASSE', 'Straße'], 'strasse'],
    ['gone', ['Something else'], 'gone'],
  ])('are written as products write them: %s', (term, texts, wanted) => {
    expect(writtenAs(term, texts)).toBe(wanted);
  });

  it('stand where the others stood', () => {
    const replacements = new Map([['brak', 'brake']]);
    expect(replaceWords('a Brák-pad (BRAK) brakes', replacements)).toBe(
      'a brake-pad (brake) brakes',
    );
  });
});
