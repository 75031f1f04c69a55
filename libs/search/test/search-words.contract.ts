import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IndexedProduct } from '../src/model/index/indexed-product.js';
import { parseQuery } from '../src/model/query/parse-query.js';
import type { Correction } from '../src/model/query/correct-query.js';
import type { SearchSelection } from '../src/model/query/search-query.js';
import { languageOf } from '../src/model/text/language.js';
import { found, pagesOf, search, type EngineWorld } from './engine-world.js';
import { categoryNames, idAt, named, pageOf, selectionOf } from './indexed-products.js';

/** How every engine finds and ranks by words. Which of two products that answer alike is better is its own matter; ties are not. */
export function describeSearchWords(name: string, open: () => EngineWorld): void {
  describe(`words in a search engine ${name}`, () => {
    let world: EngineWorld;

    beforeEach(() => {
      world = open();
    });

    afterEach(() => world.close());

    const shop = (...products: readonly IndexedProduct[]) => world.commit({ put: products });
    const correct = async (
      query: string,
      changes: Partial<SearchSelection> = {},
    ): Promise<Correction | undefined> => {
      const asked = await search(world);
      const selection = selectionOf({ q: query, ...changes });
      const { total } = await asked.facets(selection);
      const parse = (text: string) => parseQuery(text, languageOf('en'));
      return asked.correct({ query, parse, selection, total });
    };

    it('finds what answers every word: as it is, joined, its beginning, its stem, folded', async () => {
      await shop(
        named(0, 'Red T-Shirt'),
        named(1, 'Blue shirts', { field: 'description', text: 'not red' }),
        named(2, 'Ärmelhalter'),
      );
      const cases: readonly (readonly [string, readonly number[]])[] = [
        ['red', [0, 1]],
        ['red shirt', [0, 1]],
        ['tshirt', [0]],
        ['t shirt', [0]],
        ['blue shirt', [1]],
        ['blue lamp', []],
        ['aermel', [2]],
        ['ARMELH', [2]],
        ['halter', []],
      ];
      for (const [q, numbers] of cases) {
        expect([q, (await found(world, q)).toSorted()]).toEqual([q, numbers.map(idAt)]);
      }
    });

    it('forgives typing errors only where no product has the words without', async () => {
      await shop(named(0, 'pedal'), named(1, 'medal'), named(2, 'handlebar'));
      expect(await found(world, 'pedal')).toEqual([idAt(0)]);
      expect(new Set(await found(world, 'zedal'))).toEqual(new Set([idAt(0), idAt(1)]));
      expect(await found(world, 'hamdlepar')).toEqual([idAt(2)]);
      expect(await found(world, 'handl3bar')).toEqual([]);
      await world.commit({ gone: [idAt(0)] });
      expect(await found(world, 'pedal')).toEqual([idAt(1)]);
    });

    it('finds by synonyms, of which a product must have all words', async () => {
      await shop(named(0, 'light bulb'), named(1, 'light'), named(2, 'lamp'));
      const [word] = parseQuery('lamp', languageOf('en'));
      if (word === undefined) throw new Error('a word is a word');
      const words = [{ ...word, synonyms: [['light', 'bulb']] }];
      const page = pageOf({ sort: 'relevance' });
      const { ids } = await (await search(world)).page(selectionOf({ words }), page);
      expect(ids).toEqual([idAt(2), idAt(0)]);
    });

    it('finds by the names of categories and of those above them, behind what is called so itself', async () => {
      const footwear = { id: 'c1', parentId: null, slug: 'footwear', name: 'Footwear' };
      const categories = categoryNames([
        footwear,
        { id: 'c2', parentId: 'c1', slug: 'shoes', name: 'Shoes' },
        { id: 'c3', parentId: null, slug: 'lamps', name: 'Lamps' },
      ]);
      await shop(
        { ...named(0, 'Runner'), categoryId: 'c2' },
        { ...named(1, 'Boot'), categoryId: 'c1' },
        { ...named(2, 'Shoe laces'), categoryId: 'c3' },
        { ...named(3, 'Bulb', { field: 'description', text: 'not for shoes' }), categoryId: 'c3' },
      );
      const cases: readonly (readonly [string, readonly number[]])[] = [
        ['shoes', [2, 0, 3]],
        ['shoe', [2, 0, 3]],
        ['sho', [2, 0, 3]],
        ['footwear', [1, 0]],
        // Typing errors are forgiven in them as in words of products.
        ['footwaer', [1, 0]],
        ['footwear runner', [0]],
        ['footwear bulb', []],
        ['shoes lamps', [2, 3]],
      ];
      for (const [q, numbers] of cases) {
        expect([q, await found(world, q, { categories })]).toEqual([q, numbers.map(idAt)]);
      }
      // Called otherwise, and moved: no product has to be told.
      const moved = categoryNames([
        { ...footwear, name: 'Clothes' },
        { id: 'c2', parentId: 'c3', slug: 'shoes', name: 'Sneakers' },
        { id: 'c3', parentId: null, slug: 'lamps', name: 'Lamps' },
      ]);
      expect(await found(world, 'footwear', { categories: moved })).toEqual([]);
      expect(await found(world, 'sneakers', { categories: moved })).toEqual([idAt(0)]);
      expect(await found(world, 'lamps', { categories: moved })).toEqual([3, 2, 0].map(idAt));
    });

    it('counts what the names of categories find, and corrects no word that they have', async () => {
      const categories = categoryNames([{ id: 'c1', parentId: null, slug: 's', name: 'Shoes' }]);
      await shop(
        { ...named(0, 'Runner'), categoryId: 'c1', brand: 'Acme' },
        { ...named(1, 'Shoos'), brand: 'Bosch' },
      );
      const selection = selectionOf({ q: 'shoes', categories });
      const asked = await search(world);
      const { total, brands } = await asked.facets(selection);
      expect([total, [...brands]]).toEqual([1, [['Acme', 1]]]);
      expect(await asked.firstAnswered([{ query: 'shoes', selection }], 1)).toEqual(['shoes']);
      // It is like the name of a category, but a product has it as it is.
      expect(await found(world, 'shoos', { categories })).toEqual([idAt(1)]);
      const parse = (text: string) => selectionOf({ q: text, categories }).words;
      expect(await asked.correct({ query: 'shoes', parse, selection, total })).toBeUndefined();
    });

    it('ranks the word before what begins with it, the name before a description, and of equals the newer first', async () => {
      await shop(
        named(0, 'shirtless'),
        named(1, 'lamp', { field: 'description', text: 'for a shirt' }),
        named(2, 'shirt'),
        named(3, 'shirt'),
      );
      const ranked = await found(world, 'shirt');
      expect(ranked.slice(0, 2)).toEqual([idAt(3), idAt(2)]);
      expect(new Set(ranked.slice(2))).toEqual(new Set([idAt(0), idAt(1)]));
    });

    it('ranks what is more popular before what answers as well, and not before what answers better', async () => {
      await shop(
        { ...named(0, 'shirt'), popularity: 2 },
        named(1, 'shirt'),
        { ...named(2, 'shirts'), popularity: 15 },
        { ...named(3, 'shirtless'), popularity: 15 },
        { ...named(4, 'shirt'), popularity: 1 },
      );
      const ranked = await found(world, 'shirt');
      expect(ranked.slice(0, 3)).toEqual([idAt(0), idAt(4), idAt(1)]);
      expect(ranked).toHaveLength(5);
    });

    it('narrows, sorts and counts what words find as any other list', async () => {
      await shop(
        { ...named(0, 'pad'), brand: 'Acme', prices: { EUR: [9] } },
        { ...named(1, 'pad'), brand: 'Bosch', prices: { EUR: [5] } },
        { ...named(2, 'pad'), brand: 'Acme', prices: { EUR: [7] } },
        { ...named(3, 'disc'), brand: 'Acme' },
      );
      const asked = { brands: ['Acme'], page: { sort: 'price' as const } };
      expect(await found(world, 'pad', asked)).toEqual([idAt(2), idAt(0)]);
      const counts = await (await search(world)).facets(selectionOf({ q: 'pad', ...asked }));
      expect([counts.total, new Map(counts.brands)]).toEqual([
        2,
        new Map([
          ['Acme', 2],
          ['Bosch', 1],
        ]),
      ]);
    });

    it('ranks the same in whatever order products came, and pages through that order', async () => {
      const products = Array.from({ length: 12 }, (_, number) =>
        named(number, ['pad', 'pad front', 'brake pad', 'padded'][number % 4] ?? ''),
      );
      await shop(...products);
      const whole = await found(world, 'pad');
      expect(whole).toHaveLength(products.length);
      for (const product of products.toReversed()) await world.commit({ put: [product] });
      expect(await found(world, 'pad')).toEqual(whole);
      for (const limit of [1, 5]) {
        const page = pageOf({ sort: 'relevance', limit });
        const pages = await pagesOf(world, selectionOf({ q: 'pad' }), page);
        expect(pages.flat()).toEqual(whole);
      }
    });

    it('goes on behind a product of a ranking that has gone', async () => {
      await shop(...[0, 1, 2, 3].map((number) => named(number, 'pad')));
      const page = pageOf({ sort: 'relevance', limit: 2 });
      const pages = await pagesOf(world, selectionOf({ q: 'pad' }), page, () =>
        world.commit({ gone: [idAt(2)], put: [named(9, 'pad')] }),
      );
      expect(pages).toEqual([
        [idAt(3), idAt(2)],
        [idAt(1), idAt(0)],
      ]);
    });

    it('corrects to what leads to products under the same filters, and only for the better', async () => {
      await shop(
        { ...named(0, 'brake disc'), brand: 'Acme' },
        { ...named(1, 'brake pad'), brand: 'Bosch' },
        { ...named(2, 'brave knight'), brand: 'Acme' },
      );
      const corrected = async (query: string, changes: Partial<SearchSelection> = {}) =>
        (await correct(query, changes))?.query;
      expect(await corrected('brqke pads')).toBe('brake pads');
      expect(await corrected('brave')).toBe('brake');
      expect(await corrected('brake')).toBeUndefined();
      expect(await corrected('xylophone')).toBeUndefined();
      // Two in the whole shop, but not more under the filter.
      expect(await corrected('brave', { brands: ['Acme'] })).toBeUndefined();
      expect(await corrected('zisc', { brands: ['Bosch'] })).toBeUndefined();
    });
  });
}
