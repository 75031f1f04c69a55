import { describe, expect, it } from '@jest/globals';
import { namedIn, tagsVoidedWith } from './named-in-tags.js';

describe('the tags of a row', () => {
  it('name products with what has changed of them, lists and stores, and nothing else', () => {
    const named = namedIn([
      'product:1',
      'prices:1',
      'availability:2',
      'popularity:2',
      'store-products:main',
      'store:main',
      'category-products:3',
      'cart:1',
      'everything',
    ]);
    expect(named).toEqual({
      kinds: new Map([
        ['1', new Set(['product', 'prices'])],
        ['2', new Set(['availability', 'popularity'])],
      ]),
      listCodes: new Set(['main']),
      storeCodes: new Set(['main']),
    });
  });

  it('void what lists depend on, of the products that are of the store', () => {
    const { kinds } = namedIn(['product:1', 'prices:2', 'availability:3', 'popularity:4']);
    expect(tagsVoidedWith('main', ['1'], kinds)).toEqual(['search-texts:main']);
    expect(tagsVoidedWith('main', ['2'], kinds)).toEqual(['search-prices:main']);
    expect(tagsVoidedWith('main', ['3'], kinds)).toEqual(['search-availability:main']);
    expect(tagsVoidedWith('main', ['4'], kinds)).toEqual(['search-popularity:main']);
    expect(tagsVoidedWith('main', ['1', '2', '3', '4'], kinds)).toHaveLength(4);
    expect(tagsVoidedWith('main', [], kinds)).toEqual([]);
  });
});
