import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  categoryNames,
  finish,
  idAt,
  indexed,
  named,
  pageOf,
  selectionOf,
  storeIndexOf,
} from '../../../test/indexed-products.js';
import { availabilities, type IndexedProduct } from '../index/indexed-product.js';

const WORDS = ['red', 'shirt', 'shirts', 't-shirt', 'shrit', 'größe', 'groesse', '緑茶', 'garden'];
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((all) => all.join(' '));

const product = fc
  .record({
    number: fc.integer({ min: 0, max: 30 }),
    name: text,
    description: text,
    brand: fc.constantFrom('Red', 'Garden', null),
    categoryId: fc.constantFrom('c1', 'c2', null),
    prices: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 2 }),
    availability: fc.constantFrom(...availabilities),
    publishedAt: fc.constantFrom(0, 86_400_000),
  })
  .map(({ number, name, description, brand, prices, ...rest }): IndexedProduct =>
    indexed(number, {
      ...rest,
      brand,
      names: { en: name },
      texts: [
        { field: 'name', text: name },
        { field: 'description', text: description },
        ...(brand === null ? [] : [{ field: 'brand' as const, text: brand }]),
      ],
      prices: { EUR: prices },
    }),
  );
const products = fc.uniqueArray(product, { maxLength: 15, selector: ({ id }) => id });
const shirts = categoryNames([
  { id: 'c2', parentId: null, slug: 'red', name: 'Red things' },
  { id: 'c1', parentId: 'c2', slug: 'shirts', name: 'Shirts' },
]);
const selection = fc
  .record({
    q: fc.array(fc.constantFrom(...WORDS, 'gardne'), { minLength: 1, maxLength: 3 }),
    brands: fc.constantFrom([], ['Red']),
    categoryIds: fc.constantFrom(undefined, ['c1']),
    maxPriceMinor: fc.constantFrom(undefined, 5),
    sinceDay: fc.constantFrom(undefined, 1),
    categories: fc.constantFrom(undefined, shirts),
    isAvailable: fc.boolean(),
  })
  .map(({ q, categories, ...rest }) =>
    selectionOf({ ...rest, q: q.join(' '), ...(categories === undefined ? {} : { categories }) }),
  );

describe('an explanation', () => {
  it('adds up to what the list is sorted by, and says where in it a product is, or what keeps it out', () => {
    fc.assert(
      fc.property(products, products, selection, (first, second, selected) => {
        const index = storeIndexOf(first);
        finish(
          index.change(
            second.map(({ id }) => id),
            second,
          ),
        );
        const current = new Map([...first, ...second].map((each) => [each.id, each]));
        const list = index.placed(selected, pageOf({ sort: 'relevance', limit: 100 }));
        for (const each of current.values()) {
          const explained = index.explain(selected, each);
          const at = list.findIndex(({ id }) => id === each.id);
          expect(explained?.place).toBe(at < 0 ? undefined : at + 1);
          expect(explained?.droppedBy.length === 0).toBe(at >= 0);
          if (at < 0 || explained === undefined) continue;
          expect(explained.score).toBe(list[at]?.value);
          const points = explained.words.reduce(
            (sum, { answers }) => sum + (answers[0]?.points ?? 0),
            0,
          );
          const { phrasePoints, popularityPoints, deductedPoints } = explained;
          expect(points + phrasePoints + popularityPoints - deductedPoints).toBe(explained.score);
        }
      }),
    );
  });

  it('names the terms, how they answer, and where they stand', () => {
    const shirt = named(0, 'Red T-Shirt', { field: 'description', text: 'A shirt, a shirt' });
    const index = storeIndexOf([shirt, named(1, 'Socks')]);
    const explained = index.explain(selectionOf({ q: 'tshirt sirts rde' }), shirt);
    expect(explained?.words).toMatchObject([
      { word: 'tshirt', answers: [{ term: 'tshirt', way: 'exact', fields: [{ field: 'name' }] }] },
      {
        word: 'sirts',
        answers: [{ term: 'shirt', way: 'twoEdits' }].slice(1),
      },
      { word: 'rde', answers: [] },
    ]);
    expect(explained).toMatchObject({ place: undefined, droppedBy: ['words'], score: 0 });
    const found = index.explain(selectionOf({ q: 'shiert' }), shirt);
    expect(found?.words[0]?.answers).toMatchObject([
      {
        term: 'shirt',
        way: 'oneEdit',
        quality: 30,
        fields: [
          { field: 'name' },
          { field: 'description', weight: 12 },
          { field: 'description', weight: 12 },
        ],
      },
    ]);
    expect(found?.place).toBe(1);
  });

  it('names every filter that keeps a product out', () => {
    const wanted = {
      ...named(0, 'Shirt'),
      brand: 'Red',
      categoryId: 'c1',
      attributes: [{ code: 'size', value: 'S' }],
      availability: 'out-of-stock' as const,
    };
    const index = storeIndexOf([wanted]);
    const selected = selectionOf({
      q: 'shirt',
      brands: ['Blue'],
      categoryIds: ['c2'],
      attributes: { size: ['M'], colour: ['red'] },
      maxPriceMinor: 1,
      sinceDay: 1,
      isAvailable: true,
    });
    expect(index.explain(selected, wanted)?.droppedBy).toEqual([
      'since',
      'availability',
      'category',
      'brand',
      'price',
      'attribute:size',
      'attribute:colour',
    ]);
    const inDollars = selectionOf({ q: 'shirt', currency: 'USD' });
    expect(index.explain(inDollars, wanted)?.droppedBy).toEqual(['currency']);
    expect(index.explain(selected, named(7, 'Shirt'))).toBeUndefined();
    expect(wanted.id).toBe(idAt(0));
  });
});
