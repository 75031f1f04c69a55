import { describe, expect, it } from '@jest/globals';
import { finish } from '../../../test/indexed-products.js';
import { parseQuery } from '../query/parse-query.js';
import { languageOf } from '../text/language.js';
import { LabelIndex } from './label-index.js';

const german = languageOf('de');
const labels = ['Bremsbeläge', 'Bremsscheiben', 'Öle', 'T-Shirts', 'Brembo', '緑茶', 'Reif'];

/** The names that answer, best first. */
function found(q: string): string[] {
  const index = finish(
    LabelIndex.of(
      labels.map((name) => ({ key: `key ${name}`, name })),
      german,
    ),
  );
  return index
    .find({ words: parseQuery(q, german), languageCode: 'de' })
    .sort((one, other) => other.score - one.score || (one.name < other.name ? -1 : 1))
    .map(({ key }) => key.slice('key '.length));
}

describe('LabelIndex', () => {
  it('finds names by the beginning of a word, its spellings, its stem, and joined words', () => {
    expect(found('brems')).toEqual(['Bremsbeläge', 'Bremsscheiben']);
    expect(found('bremsbelaege')).toEqual(['Bremsbeläge']);
    expect(found('bremsbelag')).toEqual(['Bremsbeläge']);
    expect(found('reifen')).toEqual(['Reif']);
    expect(found('tshirts')).toEqual(['T-Shirts']);
    expect(found('緑')).toEqual(['緑茶']);
    expect(found('oele')).toEqual(['Öle']);
  });

  it('forgives typing errors when nothing answers otherwise', () => {
    expect(found('brmbo')).toEqual(['Brembo']);
    expect(found('bremssheiben')).toEqual(['Bremsscheiben']);
    expect(found('brem')).toEqual(['Brembo', 'Bremsbeläge', 'Bremsscheiben']);
  });

  it('finds nothing for words that no name has, or not all of', () => {
    expect(found('brembo öle')).toEqual([]);
    expect(found('xyzzy')).toEqual([]);
  });
});
