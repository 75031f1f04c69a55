import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finish } from '../../../test/indexed-products.js';
import { wordsOf } from '../text/words.js';
import { TextTerms } from './text-terms.js';

const piece = fc.constantFrom(
  ...[
    'Pad',
    'pad',
    't-shirt',
    'T',
    '-',
    ' ',
    '  ',
    '\n',
    '\u001c',
    ',',
    'x1',
    'größe',
    '緑茶',
    '😀',
    'ı',
  ],
  'a/b/c/d/e/f',
  'z'.repeat(70),
);
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')) },
  fc.string({ unit: 'binary-ascii' }),
);

describe('the terms of texts', () => {
  it('are those of their words, with the other ways to write them', () => {
    const terms = new TextTerms();
    const seen: string[] = [];
    const number = (term: string): number => {
      const known = seen.indexOf(term);
      return known < 0 ? seen.push(term) - 1 : known;
    };
    fc.assert(
      fc.property(text, (given) => {
        terms.read(given);
        const words = wordsOf(given);
        const found = [...terms.words, ...terms.others];
        const expected = [
          ...words.map(({ term }) => term),
          ...words.flatMap(({ others }) => others),
        ].map((term) => terms.table.numberOf(term));
        expect(found).toEqual(expected);
        for (const { term, others } of words) for (const each of [term, ...others]) number(each);
        expect(terms.table.size).toBe(seen.length);
      }),
      { numRuns: 500 },
    );
  });

  it('end with the last word that counts', () => {
    const terms = new TextTerms();
    for (const given of ['one two three four', 'one t-w-o three', 'eins zwö drei']) {
      for (let limit = 0; limit < 6; limit += 1) {
        terms.read(given, limit);
        const words = wordsOf(given).slice(0, limit);
        expect(terms.words).toEqual(words.map(({ term }) => terms.table.numberOf(term)));
        expect(terms.others).toEqual(
          words.flatMap(({ others }) => others.map((other) => terms.table.numberOf(other))),
        );
      }
    }
  });

  it('are many, each with one number, in the order of their characters', () => {
    const { table } = new TextTerms();
    const texts = Array.from({ length: 30_000 }, (_, each) => (each * 7919).toString(36));
    for (const round of [0, 1]) {
      expect(texts.map((each) => table.numberOf(each))).toEqual([...texts.keys()]);
      expect([round, table.size]).toEqual([round, texts.length]);
    }
    expect(table.numberOf('größe ﬁ'.normalize('NFC'))).toBe(texts.length);
    const { terms, places } = finish(table.finish());
    const sorted = [...texts, 'größe ﬁ'.normalize('NFC')].sort();
    expect(sorted.map((_each, place) => terms.at(place))).toEqual(sorted);
    expect(texts.map((each, number) => terms.at(places[number] as number) === each)).not.toContain(
      false,
    );
  });
});
