import { REFRESH_WINDOW_MS, StoreReader } from '#libs/stores';
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { CoherentCache, ReaderPolicy } from '#libs/cache';
import { CategoryTreeReader } from './category-tree.reader.js';
import { ProductFacetsReader } from './listing/product-facets.reader.js';
import { ProductListReader } from './listing/product-list.reader.js';
import { productSorts } from './listing/product-query.js';
import { ProductCardReader } from './product-card.reader.js';
import { ProductReader } from './product.reader.js';
import { RelatedProductReader } from './related-product.reader.js';
import { refreshedRegions } from './refreshed-regions.js';

// Making arbitrary texts takes seconds on a busy machine.
jest.setTimeout(60_000);

type AnyPolicy = ReaderPolicy<unknown, unknown>;

/** The policies that the readers of the catalog declare, by name. */
function policies(): Map<string, AnyPolicy> {
  const found = new Map<string, AnyPolicy>();
  const cache = {
    reader: (policy: AnyPolicy) => found.set(policy.name, policy),
  } as unknown as CoherentCache;
  const none = undefined as never;
  const readers = [
    new StoreReader(cache, none, none),
    new CategoryTreeReader(cache, none, none),
    new ProductReader(cache, none, none, none, none, none),
    new ProductCardReader(cache, none, none, none, none),
    new ProductListReader(cache, none, none, none, none),
    new ProductFacetsReader(cache, none, none, none),
    new RelatedProductReader(cache, none, none, none, none),
  ];
  expect(found.size).toBe(readers.length);
  return found;
}

const awkward = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '/', 'a/b', '%', '%2F', '%252F', '%25/', 'größe', '商品/1', '"]', "'", '\\'),
);
const sight = { storeCode: awkward, locale: awkward };
const focus = { storeCode: awkward, locale: awkward, currency: awkward };
const unique = (texts: string[]): string[] => [...new Set(texts)].sort();
/** As `filterText` makes one of all that mean the same. */
const filter = fc.record(
  {
    category: awkward,
    q: awkward.map((text) => text.trim().toLowerCase()).filter((q) => q === q.trim().toLowerCase()),
    brands: fc.array(awkward).map(unique),
    attributes: fc.dictionary(awkward, fc.array(awkward).map(unique)),
    minPriceMinor: fc.nat(),
    maxPriceMinor: fc.nat(),
  },
  { requiredKeys: ['brands', 'attributes'] },
);
const page = fc
  .record(
    {
      ...focus,
      filter,
      sort: fc.constantFrom(...productSorts),
      limit: fc.integer({ min: 1, max: 100 }),
      after: fc.record({ value: fc.oneof(awkward, fc.nat()), id: fc.uuid() }),
    },
    { requiredKeys: ['storeCode', 'locale', 'currency', 'filter', 'sort', 'limit'] },
  )
  .map(({ after, ...key }) =>
    after === undefined ? key : { ...key, after: { ...after, sort: key.sort } },
  );

const keys: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'catalog.store': awkward,
  'catalog.category-tree': fc.record({ storeCode: awkward, locale: awkward }),
  'catalog.product': fc.record({ ...sight, slug: awkward }),
  'catalog.product-card': fc.record({ ...sight, id: awkward }),
  'catalog.product-page': page,
  'catalog.product-facets': fc.record({ ...focus, filter }),
  'catalog.related-products': fc.record({ storeCode: awkward, productId: awkward }),
};

it('refreshes on order the regions that the orders name, with the window they are made for', () => {
  const windows = [...policies().values()].flatMap(({ name, refreshWindowMs }) =>
    refreshWindowMs === undefined ? [] : [`${name} ${refreshWindowMs}`],
  );
  const wanted = refreshedRegions.map((name) => `${name} ${REFRESH_WINDOW_MS}`);
  expect(windows.toSorted()).toEqual(wanted.toSorted());
});

describe('the text of a key leads back to it', () => {
  const declared = policies();

  it('in every region of the catalog', () => {
    expect(Object.keys(keys).toSorted()).toEqual([...declared.keys()].toSorted());
  });

  it.each(Object.entries(keys))('%s', (name, key) => {
    const policy = declared.get(name);
    fc.assert(
      fc.property(key, (each) => {
        // Objects without a prototype are as good as others.
        const wanted = JSON.parse(JSON.stringify(each)) as unknown;
        expect(policy?.keyOf?.(policy.key(wanted))).toEqual(wanted);
      }),
    );
  });
});
