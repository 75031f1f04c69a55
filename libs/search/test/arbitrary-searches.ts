import fc from 'fast-check';
import { availabilities, type IndexedProduct } from '../src/model/index/indexed-product.js';
import type { CategoryAnswer, SearchSelection } from '../src/model/query/search-query.js';
import { indexed, selectionOf } from './indexed-products.js';

const WORDS = ['red', 'shirt', 'shirts', 't-shirt', 'tee', 'größe', 'groesse', 'x1', '緑茶', 'der'];
const word = fc.constantFrom(...WORDS);
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
/** What names end with: longer than they are compared, of two units, behind those of one, folded to more. */
const ending = fc.constantFrom('', '', ' 2', '𠮷', '\uE000', 'É', 'ß'.repeat(120));
const brand = fc.constantFrom('Acme', 'Bosch', 'Čapek', 'constructor');
const category = fc.constantFrom('c1', 'c2', 'c3');
const size = fc.integer({ min: -3, max: 30 });
const pair = fc.oneof(
  fc.record({ code: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', '2', '3') }),
  fc.record({
    // Every object has something of the third name.
    code: fc.constantFrom('size', 'width', 'constructor'),
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
    name: fc.tuple(text, ending).map((parts) => parts.join('')),
    description: text,
    brand: fc.option(brand),
    categoryId: fc.option(category),
    attributes: fc.uniqueArray(pair, { maxLength: 6, selector: ({ code, value }) => code + value }),
    eur: prices,
    usd: prices,
    availability: fc.constantFrom(...availabilities),
    createdAt: fc.integer({ min: 0, max: 3 }),
    publishedAt: fc.integer({ min: 0, max: 4 * 86_400_000 }),
    popularity: fc.constantFrom(0, 0, 1, 2, 15),
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
    synonyms: sometimes<string[][]>(fc.constantFrom([['tee']], [['red', 'shirts'], ['x1']]), []),
    categories: sometimes<CategoryAnswer[]>(
      fc
        .record({
          ids: fc.subarray(['c1', 'c2', 'none']),
          way: fc.constantFrom('exact', 'typed', 'oneEdit'),
        })
        .map((answer) => [{ ...answer, name: 'Shirts' }]),
      [],
    ),
    locale: fc.constantFrom('en', 'de', 'fr'),
    currency: fc.constantFrom('EUR', 'USD', 'CHF'),
    categoryIds: sometimes<string[] | undefined>(fc.subarray(['c1', 'c2', 'c3']), undefined),
    brands: sometimes(fc.subarray(['Acme', 'Bosch', 'Čapek', 'constructor', 'none']), []),
    attributes: sometimes(
      fc.dictionary(
        fc.constantFrom('a', 'b', 'none', 'constructor'),
        fc.subarray(['1', '2', '3', '4 mm'], { minLength: 1 }),
        { noNullPrototype: true },
      ),
      {},
    ),
    ranges: sometimes(
      fc.dictionary(
        fc.constantFrom('size', 'width', 'a', 'constructor'),
        fc.array(range, { minLength: 1, maxLength: 2 }),
        { noNullPrototype: true },
      ),
      {},
    ),
    sinceDay: sometimes<number | undefined>(fc.integer({ min: 0, max: 4 }), undefined),
    minPriceMinor: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    maxPriceMinor: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    isAvailable: fc.boolean(),
  })
  .map(({ q, synonyms, categories, ...rest }) => {
    const selection = selectionOf({ ...(q === null ? {} : { q }), ...rest });
    const [first, ...others] = selection.words;
    return first === undefined
      ? selection
      : { ...selection, words: [{ ...first, synonyms, categories }, ...others] };
  });

const FILTERS = [
  'words',
  'categoryIds',
  'brands',
  'attributes',
  'ranges',
  'sinceDay',
  'minPriceMinor',
  'isAvailable',
] as const;

/** The same with one of its filters at most, so that there are several pages. */
export const wideSelection: fc.Arbitrary<SearchSelection> = fc
  .tuple(arbitrarySelection, fc.constantFrom(...FILTERS))
  .map(([selection, kept]) =>
    selectionOf({ languageCode: selection.languageCode, [kept]: selection[kept] }),
  );

export const arbitraryPage = fc.record({
  locale: fc.constantFrom('en', 'de'),
  sort: fc.constantFrom('name', '-name', 'price', '-price', 'newest', 'popular'),
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
