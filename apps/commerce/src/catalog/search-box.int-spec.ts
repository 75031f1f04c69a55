import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DatabaseClock, sql } from '#libs/database';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { productDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import type { CatalogFixture } from '../../../../libs/catalog/test/catalog-fixture.js';
import { SearchRuleEditor } from '../../../../libs/search/src/authoring/rules/search-rule.editor.js';
import { PopularQueryPruner } from '../../../../libs/search/src/authoring/queries/popular-query.pruner.js';
import { SearchRuleRepository } from '../../../../libs/search/src/authoring/rules/search-rule.repository.js';
import { MissRecorder } from '../../../../libs/search/src/storefront/misses/miss.recorder.js';
import { PopularQueryRecorder } from '../../../../libs/search/src/storefront/queries/popular-query.recorder.js';
import { PopularQueryRepository } from '../../../../libs/search/src/storefront/queries/popular-query.repository.js';
import { SearchedShop } from '../../../../test/support/searched-shop.js';

interface Suggested {
  readonly products: readonly { readonly name: string }[];
  readonly categories: readonly { readonly name: string; readonly count: number }[];
  readonly brands: readonly { readonly value: string; readonly count: number }[];
  readonly queries: readonly string[];
}

describeOnEachDatabase('the search box of a commerce replica', (open) => {
  let shop: SearchedShop;
  let catalog: CatalogFixture;
  let store: Store;

  beforeAll(async () => {
    shop = await SearchedShop.open(open, []);
    ({ catalog, store } = shop);
  });

  afterAll(() => shop?.close());

  const list = (query: Record<string, string | number>) => shop.list(query);
  const names = (query: Record<string, string | number>) => shop.names(query);

  const suggest = async (q: string, limit = 5) => {
    const answer = await shop.ask({ q, limit }, true, 'search/suggestions');
    expect([q, answer.statusCode]).toEqual([q, 200]);
    const { products, categories, brands } = answer.json<Suggested>();
    return {
      // Equal ones are in the order of their ids.
      products: products.map(({ name }) => name).sort(),
      categories: categories.map(({ name, count }) => `${name} ${count}`),
      brands: brands.map(({ value, count }) => `${value} ${count}`),
    };
  };

  it('suggest products, categories and brands at each key press, and follow every change', async () => {
    const draft = (key: string, name: string, brand: string, categoryPath: string[]) =>
      productDraft(key, { name, brand, categoryPath });
    await catalog.saveMany(store, [
      draft('g1', 'Gravel bike', 'Grindelwerk', ['Gravity', 'Gravel']),
      draft('g2', 'Granite stand', 'Grindelwerk', ['Gravity']),
      draft('g3', 'Grip', 'Gradient', ['Gravity', 'Gravel']),
    ]);
    expect(await suggest('gra')).toEqual({
      products: ['Granite stand', 'Gravel bike', 'Grip'],
      categories: ['Gravity 3', 'Gravel 2'],
      brands: ['Gradient 1'],
    });
    // Typing errors are forgiven as in a search.
    expect(await suggest('grindlewerk')).toMatchObject({ brands: ['Grindelwerk 2'] });
    expect(await suggest('gravle')).toMatchObject({
      // By its category.
      products: ['Gravel bike', 'Grip'],
      categories: ['Gravel 2'],
    });
    expect((await suggest('gra', 1)).products).toHaveLength(1);
    const nothing = { products: [], categories: [], brands: [] };
    expect(await suggest('  -, ')).toEqual(nothing);
    expect(await suggest('')).toEqual(nothing);

    await catalog.saveMany(store, [
      draft('g1', 'Gravel bike', 'Gravedigger', ['Gravity']),
      draft('g3', 'Grip', 'Gravedigger', ['Gravity']),
    ]);
    expect(await suggest('gra')).toEqual({
      products: ['Granite stand', 'Gravel bike', 'Grip'],
      categories: ['Gravity 3'],
      brands: ['Gravedigger 2'],
    });
    const refused = await shop.ask({ q: 'x'.repeat(101) }, true, 'search/suggestions');
    expect(refused.statusCode).toBe(400);
  });

  it('keep suggestions as finished answers, with nothing of the client that asked first', async () => {
    const first = await shop.ask({ q: 'keep', limit: 5 }, true, 'search/suggestions');
    const again = await shop.ask({ q: 'keep', limit: 5 }, true, 'search/suggestions');
    expect(again.headers['cache-status']).toContain('hit');
    expect(again.headers.etag).toBeDefined();
    for (const { headers } of [first, again]) expect(headers).not.toHaveProperty('ratelimit');
  });

  it('ask whether another word was meant, when there are few answers or none', async () => {
    await catalog.saveMany(store, [
      productDraft('m1', { name: 'Bremsbeläge vorn' }),
      productDraft('m2', { name: 'Bremsbeläge hinten' }),
      productDraft('m3', { name: 'Bremsbeläge' }),
    ]);
    // Two errors in so short a word are more than a search forgives by itself.
    await catalog.saveMany(store, [productDraft('m5', { name: 'Kölsch Kränze' })]);
    expect(await list({ q: 'Kölsch, kranxx' })).toMatchObject({
      items: [],
      didYouMean: 'Kölsch, kränze',
    });
    expect((await list({ q: 'Bremsbeläge' })).didYouMean).toBeUndefined();
    expect((await list({ q: 'unlike anything' })).didYouMean).toBeUndefined();
    await catalog.saveMany(
      store,
      ['Zarge', 'Zarge', 'Zarge', 'Zange', 'Zange', 'Zange', 'Zange'].map((name, number) =>
        productDraft(`z${number}`, { name }),
      ),
    );
    expect((await list({ q: 'zarge' })).didYouMean).toBeUndefined();
    // A product that is called like the error is found, and the other word offered.
    await catalog.saveMany(store, [productDraft('m4', { name: 'Bremsbelöge' })]);
    const few = await list({ q: 'bremsbelöge' });
    expect(few.items.map(({ name }) => name)).toEqual(['Bremsbelöge']);
    expect(few.didYouMean).toBe('bremsbeläge');
  });

  it('follow synonyms and redirects as staff edit them', async () => {
    await catalog.saveMany(store, [
      productDraft('y1', { name: 'Handy' }),
      productDraft('y2', { name: 'Natel', slug: 'natel' }),
    ]);
    expect(await names({ q: 'handy' })).toEqual(['Handy']);
    const editor = new SearchRuleEditor(
      catalog.unitOfWork,
      shop.app.get(DatabaseClock),
      catalog.storeLookup,
      new SearchRuleRepository(),
    );
    const rule = await editor.create(store.code, { kind: 'synonyms', words: ['handy', 'natel'] });
    expect(await names({ q: 'handy' })).toEqual(['Handy', 'Natel']);
    expect((await suggest('handy')).products).toEqual(['Handy', 'Natel']);
    const address = { storeCode: store.code, id: rule.id };
    await editor.update(address, 1, { kind: 'synonyms', words: ['handy', 'natel'], locale: 'de' });
    expect(await names({ q: 'handy' })).toEqual(['Handy']);
    expect(await names({ q: 'handy', locale: 'de' })).toEqual(['Handy', 'Natel']);
    const redirect = { kind: 'redirect', words: ['handy'], url: '/c/phones' } as const;
    await editor.update(address, 2, redirect);
    expect(await list({ q: 'Handy' })).toMatchObject({
      items: [{ name: 'Handy' }],
      redirect: { url: '/c/phones' },
    });
    expect(await list({ q: 'handy case' })).not.toHaveProperty('redirect');
    await editor.remove(address, 3);
    expect(await list({ q: 'Handy' })).not.toHaveProperty('redirect');
  });

  it('suggest what was searched for several times, on every replica, until staff hide it', async () => {
    await catalog.saveMany(store, [
      productDraft('q1', { name: 'Quilt cover' }),
      productDraft('q2', { name: 'Quilt' }),
    ]);
    const recorder = shop.app.get(PopularQueryRecorder);
    const queries = async () => {
      const answer = await shop.ask({ q: 'QUI' }, true, 'search/suggestions');
      return answer.json<Suggested>().queries;
    };
    expect(await names({ q: 'Quilt, Cover' })).toEqual(['Quilt cover']);
    expect(await names({ q: 'quilt', 'price[min]': 0 })).toHaveLength(2);
    await recorder.write();
    // Nobody makes a query popular within a minute. Errors that a search forgives are not suggested.
    for (let minute = 0; minute < 3; minute += 1) {
      for (let use = 0; use < 9; use += 1) recorder.note(store.id, 'en', 'quilt cover');
      for (const q of ['quilt covre', 'quilt 123456', 'quilt@cover']) {
        recorder.note(store.id, 'en', q);
      }
      await recorder.write();
    }
    expect(await queries()).toEqual([]);
    const repository = new PopularQueryRepository();
    const use = async (query: string, uses: number) => {
      const noted = { storeId: store.id, locale: 'en', query, count: 1 };
      for (let minute = 0; minute < uses; minute += 1) {
        await catalog.unitOfWork.run((tx) => repository.add(tx, store.id, [noted], 0));
      }
    };
    await use('quilt covre', 2);
    expect(await queries()).toEqual([]);
    await use('quilt cover', 1);
    expect(await queries()).toEqual(['quilt cover']);
    await use('quilt', 10);
    expect(await queries()).toEqual(['quilt', 'quilt cover']);
    const counted = await catalog.reader.query<{ query: string; use_count: number }>(sql`
      SELECT query, use_count
      FROM popular_query
      WHERE store_id = ${store.id} AND query LIKE 'quilt%'
      ORDER BY query`);
    expect(counted.map(({ query, use_count: uses }) => [query, uses])).toEqual([
      ['quilt', 10],
      ['quilt cover', 5],
      ['quilt covre', 5],
    ]);
    const editor = new SearchRuleEditor(
      catalog.unitOfWork,
      shop.app.get(DatabaseClock),
      catalog.storeLookup,
      new SearchRuleRepository(),
    );
    const hidden = await editor.create(store.code, { kind: 'hidden', words: ['Cover'] });
    expect(await queries()).toEqual(['quilt']);
    await editor.remove({ storeCode: store.code, id: hidden.id }, 1);
    await catalog.saveMany(store, [productDraft('q1', { name: 'Blanket' })]);
    expect(await queries()).toEqual(['quilt']);
    await new PopularQueryPruner(catalog.unitOfWork).pruneBatch(Date.UTC(1970, 3, 2));
    expect(await queries()).toEqual([]);
  });

  it('note words that nothing answers, not filters that leave nothing', async () => {
    const noted = () =>
      catalog.reader.query<{ query: string; miss_count: number; locale: string }>(sql`
        SELECT query, miss_count, locale
        FROM search_miss
        WHERE store_id = ${store.id} AND query LIKE 'unfindable%'
        ORDER BY query`);
    for (const q of ['Unfindable xyz', 'unfindable, XYZ', 'unfindable@example.com']) {
      expect(await names({ q })).toEqual([]);
    }
    expect(await names({ q: 'unfindable', 'filter[brand]': 'Acme' })).toEqual([]);
    expect(await names({ q: 'unfindable', 'price[min]': 5 })).toEqual([]);
    const written = async (count: number) => {
      await eventually('the searches are noted', async () => {
        await shop.app.get(MissRecorder).write();
        const counts = (await noted()).map(({ miss_count: each }) => each);
        return counts.reduce((sum, each) => sum + each, 0) >= count;
      });
      return noted();
    };
    expect(await written(2)).toEqual([{ query: 'unfindable xyz', miss_count: 2, locale: 'en' }]);
    // What was written is not written again.
    await names({ q: 'unfindable again' });
    expect((await written(3)).map(({ miss_count: count }) => count)).toEqual([1, 2]);
  });
});
