import { describe, expect, it } from '@jest/globals';
import { categoryNames } from '../../../test/indexed-products.js';
import { parseQuery } from '../query/parse-query.js';
import { NO_RULES } from '../rules/compile-rules.js';
import { languageOf } from '../text/language.js';
import type { CategoryNames } from './category-names.js';

const english = languageOf('en');

describe('CategoryNames', () => {
  it('tells a word that may still be typed from one that is whole', () => {
    const names = namesOf('Brakes', 'Brakepads');
    expect(answersTo(names, 'brake old')).toStrictEqual([
      [
        ['Brakes', 'stem'],
        ['Brakepads', 'beginning'],
      ],
      [],
    ]);
    expect(answersTo(names, 'old brake')).toStrictEqual([
      [],
      [
        ['Brakes', 'stem'],
        ['Brakepads', 'typed'],
      ],
    ]);
  });

  it('tells a word that makes a name with its neighbour from one that does not', () => {
    const names = namesOf('Tshirt', 'Shirts');
    expect(answersTo(names, 'blue shirt')[1]).toStrictEqual([['Shirts', 'stem']]);
    expect(answersTo(names, 't shirt')[1]).toStrictEqual([
      ['Tshirt', 'joined'],
      ['Shirts', 'stem'],
    ]);
    expect(answersTo(names, 'blue shirt')[1]).toStrictEqual([['Shirts', 'stem']]);
  });

  it('remembers what answers a word, whatever its neighbours are', () => {
    const names = namesOf('Brakes');
    const [, first] = wordsOf(names, 'old brakes');
    const [, other] = wordsOf(names, 'new brakes');
    expect(other?.categories).toBe(first?.categories);
  });
});

function namesOf(...names: string[]): CategoryNames {
  return categoryNames(names.map((name) => ({ id: name, parentId: null, slug: name, name })));
}

function wordsOf(categories: CategoryNames, query: string) {
  return parseQuery(query, english, { rules: NO_RULES, categories });
}

function answersTo(categories: CategoryNames, query: string) {
  return wordsOf(categories, query).map((word) =>
    word.categories.map(({ name, way }) => [name, way]),
  );
}
