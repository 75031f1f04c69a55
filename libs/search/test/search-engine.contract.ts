import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IndexedProduct } from '../src/model/index/indexed-product.js';
import type { ProductSort } from '../src/model/query/search-query.js';
import { listed, loadContext, pagesOf, search, STORE, type EngineWorld } from './engine-world.js';
import { idAt, indexed, named, pageOf, selectionOf } from './indexed-products.js';

const SORTS: readonly ProductSort[] = ['name', '-name', 'price', '-price', 'newest', 'popular'];
const DAY_MS = 86_400_000;

const numberOf = (id: string): number => Number.parseInt(id.slice(-12), 16);

const sized = (...values: readonly string[]) => values.map((value) => ({ code: 'size', value }));

/** What every engine selects, counts, sorts and pages alike: where nothing is ranked there is one right answer. */
export function describeSearchEngine(name: string, open: () => EngineWorld): void {
  describe(`a search engine ${name}`, () => {
    let world: EngineWorld;

    beforeEach(() => {
      world = open();
    });

    afterEach(() => world.close());

    const shop = (...products: readonly IndexedProduct[]) => world.commit({ put: products });

    /** The numbers of the products of a list, ascending. */
    const selected = async (asked: Parameters<typeof listed>[1]): Promise<number[]> =>
      (await listed(world, asked)).map(numberOf).sort((one, other) => one - other);

    const counted = async (asked: Parameters<typeof selectionOf>[0] = {}) =>
      (await search(world)).facets(selectionOf(asked));

    it('selects by each kind of filter: alternatives within one, all of several', async () => {
      await shop(
        indexed(0, { brand: 'Acme', categoryId: 'c1', attributes: sized('S', 'M') }),
        indexed(1, { brand: 'Acme', categoryId: 'c2', attributes: sized('M') }),
        indexed(2, { brand: 'Čapek', categoryId: 'c1', attributes: sized('L') }),
        indexed(3, { availability: 'out-of-stock', publishedAt: 2 * DAY_MS }),
        indexed(4, { availability: 'backorder', publishedAt: 3 * DAY_MS - 1 }),
        indexed(5, { prices: { USD: [5] }, publishedAt: 9 * DAY_MS }),
      );
      expect(await selected({})).toEqual([0, 1, 2, 3, 4]);
      expect(await selected({ currency: 'USD' })).toEqual([5]);
      expect(await selected({ currency: 'CHF' })).toEqual([]);
      expect(await selected({ brands: ['Acme'] })).toEqual([0, 1]);
      expect(await selected({ brands: ['Čapek', 'none'] })).toEqual([2]);
      expect(await selected({ categoryIds: ['c1', 'c2'] })).toEqual([0, 1, 2]);
      expect(await selected({ categoryIds: [] })).toEqual([]);
      expect(await selected({ attributes: { size: ['S', 'L'] } })).toEqual([0, 2]);
      expect(await selected({ attributes: { size: ['M'], colour: ['red'] } })).toEqual([]);
      expect(await selected({ isAvailable: true })).toEqual([0, 1, 2, 4]);
      expect(await selected({ sinceDay: 2 })).toEqual([3, 4]);
      expect(await selected({ brands: ['Acme'], categoryIds: ['c1'] })).toEqual([0]);
    });

    it('knows amounts by their unit, beside values of the same attribute', async () => {
      const values = ['9 mm', '10mm', '19,5 mm', '20 mm', '1 in', 'wide'];
      await shop(
        ...values.map((value, number) => indexed(number, { attributes: sized(value) })),
        indexed(6, { attributes: [{ code: 'constructor', value: '15 mm' }] }),
      );
      const range = { unit: 'mm', from: 10_000_000, below: 20_000_000 };
      expect(await selected({ ranges: { size: [range] } })).toEqual([1, 2]);
      expect(await selected({ ranges: { size: [{ ...range, from: undefined }] } })).toEqual([
        0, 1, 2,
      ]);
      const or = { ranges: { size: [range] }, attributes: { size: ['wide'] } };
      expect(await selected(or)).toEqual([1, 2, 5]);
      // Every object has something of that name.
      expect(await selected({ ranges: { constructor: [range] } })).toEqual([6]);
      expect(await selected({ attributes: { constructor: ['15 mm'] } })).toEqual([6]);
    });

    it('selects by what one variant costs, not one less and another one more', async () => {
      const costing = (number: number, ...EUR: readonly number[]) =>
        indexed(number, { prices: { EUR } });
      await shop(costing(0, 90, 10, 50), costing(1, 10, 90), costing(2, 40), costing(3, 60));
      expect(await selected({ minPriceMinor: 40, maxPriceMinor: 60 })).toEqual([0, 2, 3]);
      expect(await selected({ minPriceMinor: 41, maxPriceMinor: 59 })).toEqual([0]);
      expect(await selected({ minPriceMinor: 91 })).toEqual([]);
      expect(await selected({ maxPriceMinor: 10 })).toEqual([0, 1]);
      expect((await counted({ minPriceMinor: 41, maxPriceMinor: 59 })).total).toBe(1);
    });

    it('counts exactly, each part without what is chosen of it', async () => {
      const of = (number: number, brand: string, categoryId: string, size: string) =>
        indexed(number, {
          brand,
          categoryId,
          attributes: sized(size),
          prices: { EUR: [100 + number] },
        });
      await shop(
        of(0, 'Acme', 'c1', 'S'),
        of(1, 'Acme', 'c2', 'S'),
        of(2, 'Bosch', 'c1', 'S'),
        of(3, 'Acme', 'c1', 'M'),
        of(4, 'Acme', 'c1', 'S'),
        indexed(5, { brand: 'Acme', prices: { USD: [1] } }),
      );
      const chosen = {
        brands: ['Acme'],
        categoryIds: ['c1'],
        attributes: { size: ['S'] },
        maxPriceMinor: 103,
      };
      const counts = await counted(chosen);
      expect(counts.total).toBe(1);
      expect(Object.fromEntries(counts.brands)).toEqual({ Acme: 1, Bosch: 1 });
      expect(Object.fromEntries(counts.categories)).toEqual({ c1: 1, c2: 1 });
      expect(Object.fromEntries(counts.attributes.get('size') ?? [])).toEqual({ M: 1, S: 1 });
      expect([counts.minPriceMinor, counts.maxPriceMinor]).toEqual([100, 104]);
      expect(await counted({ currency: 'CHF' })).toMatchObject({ total: 0, priceRanges: [] });
    });

    it('has as many products in each range as it counts there', async () => {
      await shop(
        ...Array.from({ length: 40 }, (_, number) =>
          indexed(number, {
            attributes: sized(`${(number * 7) % 23} mm`, `${(number * 5) % 23} mm`),
            prices: { EUR: [100 * number, 37 * ((number * 11) % 40)] },
          }),
        ),
      );
      const { priceRanges, attributeRanges } = await counted();
      expect([priceRanges.length, attributeRanges.length]).toEqual([6, 1]);
      for (const { minMinor, maxMinor, count } of priceRanges) {
        const bounds = {
          minPriceMinor: minMinor ?? undefined,
          maxPriceMinor: maxMinor ?? undefined,
        };
        expect(await counted(bounds)).toMatchObject({ total: count, priceRanges });
      }
      for (const { count, ...range } of attributeRanges[0]?.ranges ?? []) {
        const within = await counted({ ranges: { size: [range] } });
        expect(within).toMatchObject({ total: count, attributeRanges });
      }
    });

    it('sorts totally: by the value, then by the id, in the language that is asked for', async () => {
      const of = (number: number, en: string, de: string, price: number, createdAt: number) =>
        indexed(number, { names: { en, de }, prices: { EUR: [price, 900] }, createdAt });
      await shop(
        of(0, 'Öl', 'b', 5, 3),
        of(1, 'oil', 'c', 5, 3),
        of(2, 'Zebra', 'a', 9, 1),
        of(3, 'OIL', 'a', 7, 4),
      );
      const order = async (sort: ProductSort, locale = 'en') =>
        (await listed(world, { page: { sort, locale } })).map(numberOf);
      expect(await order('name')).toEqual([1, 3, 0, 2]);
      expect(await order('-name')).toEqual([2, 0, 3, 1]);
      expect(await order('name', 'de')).toEqual([2, 3, 0, 1]);
      expect(await order('price')).toEqual([0, 1, 3, 2]);
      expect(await order('-price')).toEqual([2, 3, 1, 0]);
      expect(await order('newest')).toEqual([3, 1, 0, 2]);
    });

    it('has what is more popular first, and of one level the newer', async () => {
      await shop(...[0, 15, 3, 0, 3].map((popularity, number) => indexed(number, { popularity })));
      const order = async () => (await listed(world, { page: { sort: 'popular' } })).map(numberOf);
      expect(await order()).toEqual([1, 4, 2, 3, 0]);
      await shop(indexed(0, { popularity: 4 }), indexed(1));
      expect(await order()).toEqual([0, 4, 2, 3, 1]);
    });

    it('pages through ties without a gap or a repetition, and ends with the last product', async () => {
      await shop(
        ...Array.from({ length: 23 }, (_, number) =>
          indexed(number, {
            names: { en: `Same ${number % 3}` },
            prices: { EUR: [100 * (number % 4)] },
            createdAt: number % 2,
            popularity: number % 3,
          }),
        ),
      );
      for (const sort of SORTS) {
        const whole = await listed(world, { page: { sort } });
        expect(whole).toHaveLength(23);
        for (const limit of [1, 4, 23]) {
          const pages = await pagesOf(world, selectionOf(), pageOf({ sort, limit }));
          expect(pages.flat()).toEqual(whole);
          expect(pages).toHaveLength(Math.ceil(23 / limit));
        }
      }
    });

    it('goes on behind a position whatever has become of its product', async () => {
      const letters = ['b', 'd', 'f', 'h', 'j'];
      await shop(...letters.map((letter, number) => named(number, letter)));
      const commits = [
        // Before the position, behind it, and the product of it.
        { put: [named(10, 'a'), named(11, 'e')], gone: [idAt(1)] },
        // Moved from behind the position to before it, and the other way round.
        { put: [named(3, 'aa'), named(0, 'z')] },
      ];
      const pages = await pagesOf(world, selectionOf(), pageOf({ limit: 2 }), async (count) => {
        const commit = commits[count - 1];
        if (commit !== undefined) await world.commit(commit);
      });
      expect(pages.map((page) => page.map(numberOf))).toEqual([
        [0, 1],
        [11, 2],
        [4, 0],
      ]);
    });

    it('has all of what was applied before it is asked, and says so', async () => {
      await shop(named(0, 'pad'));
      const context = loadContext();
      const before = await world.engine.open(STORE, context);
      expect([(await before.facets(selectionOf())).total, context.sequence]).toEqual([1, 1]);
      await world.commit({ put: [named(0, 'disc'), named(1, 'disc')] });
      await world.commit({ gone: [idAt(1)] });
      const later = loadContext();
      const after = await world.engine.open(STORE, later);
      expect((await after.facets(selectionOf({ q: 'pad' }))).total).toBe(0);
      expect((await after.page(selectionOf({ q: 'disc' }), pageOf())).ids).toEqual([idAt(0)]);
      expect(later.sequence).toBe(3);
    });

    it('has no products of a store that does not exist', async () => {
      await shop(named(0, 'pad'));
      const none = await search(world, 'none');
      expect((await none.page(selectionOf(), pageOf())).ids).toEqual([]);
      expect((await none.facets(selectionOf())).total).toBe(0);
    });

    it('tells which queries are answered as they are written, in their order', async () => {
      await shop(named(0, 'red shirt'), named(1, 'blue socks'), {
        ...named(2, 'green hat'),
        prices: { USD: [1] },
      });
      const queries = ['shirts', 'shrit', 'green', 'red socks', 'sock', 'blue'].map((query) => ({
        query,
        selection: selectionOf({ q: query }),
      }));
      const first = async (limit: number) => (await search(world)).firstAnswered(queries, limit);
      expect(await first(9)).toEqual(['shirts', 'sock', 'blue']);
      expect(await first(2)).toEqual(['shirts', 'sock']);
    });
  });
}
