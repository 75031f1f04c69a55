import fc from 'fast-check';
import { availabilities, type IndexedProduct } from '../src/model/index/indexed-product.js';
import type { SearchSelection } from '../src/model/query/search-query.js';
import { indexed, selectionOf } from './indexed-products.js';

const WORDS = ['red', 'shirt', 'shirts', 't-shirt', 'tee', 'größe', 'groesse', 'x1', '緑茶', 'der'];
const word = fc.constantFrom(...WORDS);
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const brand = fc.constantFrom('Acme', 'Bosch', 'Čapek');
const category = fc.constantFrom('c1', 'c2', 'c3');
const size = fc.integer({ min: -3, max: 30 });
const pair = fc.oneof(
  fc.record({ code: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', '2', '3') }),
  fc.record({
    code: fc.constantFrom('size', 'width'),
    value: fc.oneof(
      { weight: 9, arbitrary: size.map((each) => `${each} mm`) },
      fc.constantFrom('1 in', '2,5in', 'wide', '1,000'),
    ),
  }),
);
const range = fc
  .record({ from: size, length: fc.integer({ min: 1, max: 12 }) })
  .map(({ from, length }) => ({
    unit: 'mm',
    from: from * 1_000_000,
    below: (from + length) * 1_000_000,
  }));
const price = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 90, max: 2_500 }));
const prices = fc.array(price, { maxLength: 4 });

const product: fc.Arbitrary<IndexedProduct> = fc
  .record({
    number: fc.integer({ min: 0, max: 40 }),
    name: text,
    description: text,
    brand: fc.option(brand),
    categoryId: fc.option(category),
    attributes: fc.uniqueArray(pair, { maxLength: 6, selector: ({ code, value }) => code + value }),
    eur: prices,
    usd: prices,
    availability: fc.constantFrom(...availabilities),
    createdAt: fc.integer({ min: 0, max: 3 }),
    publishedAt: fc.integer({ min: 0, max: 4 * 86_400_000 }),
  })
  .map(({ number, name, description, eur, usd, ...rest }) =>
    indexed(number, {
      ...rest,
      names: { en: name, de: name.toUpperCase() },
      texts: [
        { field: 'name', text: name },
        { field: 'description', text: description },
      ],
      prices: { EUR: eur, ...(usd.length === 0 ? {} : { USD: usd }) },
    }),
  );

/** Filters that are all there at once select nothing, most of the time. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary });

/** What somebody might look for. */
export const arbitrarySelection: fc.Arbitrary<SearchSelection> = fc
  .record({
    q: sometimes(fc.option(text), null),
    locale: fc.constantFrom('en', 'de', 'fr'),
    currency: fc.constantFrom('EUR', 'USD', 'CHF'),
    categoryIds: sometimes<string[] | undefined>(fc.subarray(['c1', 'c2', 'c3']), undefined),
    brands: sometimes(fc.subarray(['Acme', 'Bosch', 'Čapek', 'none']), []),
    attributes: sometimes(
      fc.dictionary(
        fc.constantFrom('a', 'b', 'none'),
        fc.subarray(['1', '2', '3'], { minLength: 1 }),
      ),
      {},
    ),
    ranges: sometimes(
      fc.dictionary(
        fc.constantFrom('size', 'width', 'a'),
        fc.array(range, { minLength: 1, maxLength: 2 }),
      ),
      {},
    ),
    sinceDay: sometimes<number | undefined>(fc.integer({ min: 0, max: 4 }), undefined),
    minPriceMinor: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    maxPriceMinor: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    isAvailable: fc.boolean(),
  })
  .map(({ q, ...rest }) => selectionOf({ ...(q === null ? {} : { q }), ...rest }));

export const arbitraryPage = fc.record({
  locale: fc.constantFrom('en', 'de'),
  sort: fc.constantFrom('name', '-name', 'price', '-price', 'newest'),
  limit: fc.integer({ min: 1, max: 7 }),
});

/** Products that come, and ids that go, in turns. */
export const arbitraryChanges = fc.array(
  fc.record({
    products: fc.uniqueArray(product, { maxLength: 12, selector: ({ id }) => id }),
    gone: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }),
    isTidied: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

export interface Change {
  readonly products: IndexedProduct[];
  readonly gone: number[];
  readonly isTidied: boolean;
}
