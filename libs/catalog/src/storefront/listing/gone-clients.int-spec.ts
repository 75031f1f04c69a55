import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { observeReads, ReadObserver } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import type { Store } from '#libs/stores';
import { productDraft } from '../../../test/catalog-drafts.js';
import { CatalogReplica } from '../../../test/catalog-replica.js';
import { ProductFacetsReader } from './product-facets.reader.js';
import { ProductListReader } from './product-list.reader.js';
import type { ProductListKey } from './product-query.js';

describeOnEachDatabase('lists whose client goes away', (open) => {
  let replica: CatalogReplica;
  let store: Store;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open);
    store = await replica.addStore();
    await replica.saveMany(store, [productDraft('a')]);
  }, 60_000);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(() => replica.close());

  const keyOf = (filter: Partial<ProductListKey['filter']>): ProductListKey => ({
    storeCode: store.code,
    locale: 'en',
    currency: 'EUR',
    sort: 'name',
    limit: 10,
    filter: { brands: [], attributes: {}, ...filter },
  });
  const listing = (filter: Partial<ProductListKey['filter']>) =>
    replica.app.get(ProductListReader).list(keyOf(filter), false);
  const facets = (minPriceMinor: number) =>
    replica.app.get(ProductFacetsReader).get(keyOf({ minPriceMinor, attributes: { tag: ['x'] } }));

  it.each([
    ['a search', 'FROM product_term', () => listing({ q: 'product' })],
    ['a page', 'AS sort_value', () => listing({ minPriceMinor: 2 })],
    ['a total', 'SELECT COUNT(*) AS n FROM', () => facets(3)],
    ['brands', 'p.brand AS value', () => facets(4)],
    ['attributes', 'f.code NOT IN', () => facets(5)],
    ['one attribute', 'AND f.code =', () => facets(6)],
    ['categories', 'p.category_id AS id', () => facets(7)],
    ['prices', 'MIN(l.min_minor)', () => facets(8)],
  ])('do not ask for %s any more, nor for what follows', async (_what, text, read) => {
    const aborter = new AbortController();
    const observer = new ReadObserver();
    observer.audience = () => aborter.signal;
    const reader = replica.app.get(SqlReader);
    const query = reader.query.bind(reader);
    const outcomes: Promise<unknown>[] = [];
    jest.spyOn(reader, 'query').mockImplementation((statement, options) => {
      const isTheOne = statement.render(reader.dialect).text.includes(text);
      if (isTheOne) aborter.abort(new Error('gone'));
      const answer = query(statement, options);
      if (aborter.signal.aborted) outcomes.push(answer.catch(() => 'not asked'));
      return answer;
    });
    await expect(observeReads(observer, async () => read())).rejects.toThrow('gone');
    expect(await Promise.all(outcomes)).toEqual(['not asked']);
  });
});
