import type { Store } from '#libs/stores';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '#libs/config';
import { DatabaseClock, migrateDatabase, sql } from '#libs/database';
import { createReplicaApp, POSITION_GATE, type PositionGate } from '#libs/http';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import { CatalogFixture } from '../../../../libs/catalog/test/catalog-fixture.js';
import { SearchRuleEditor } from '../../../../libs/search/src/authoring/rules/search-rule.editor.js';
import { SearchRuleRepository } from '../../../../libs/search/src/authoring/rules/search-rule.repository.js';
import { MissRecorder } from '../../../../libs/search/src/storefront/misses/miss.recorder.js';
import { CommerceModule } from '../commerce.module.js';

interface Listed {
  readonly items: readonly { readonly name: string }[];
  readonly nextCursor: string | null;
  readonly facets?: { readonly total: number };
  readonly didYouMean?: string;
}

interface Suggested {
  readonly products: readonly { readonly name: string }[];
  readonly categories: readonly { readonly name: string; readonly count: number }[];
  readonly brands: readonly { readonly value: string; readonly count: number }[];
}

const BATCH = 40;

/** Another process writes, and there is no Redis: the replica learns of everything from the log. */
describeOnEachDatabase('searches of a commerce replica', (open) => {
  let catalog: CatalogFixture;
  let app: NestFastifyApplication;
  let store: Store;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    const environment = {
      DATABASE_URL: catalog.databaseUrl,
      REDIS_URL: 'redis://127.0.0.1:1',
      // A test asks more than a shopper.
      LIMIT_SEARCH: '0',
      LOG_LEVEL: 'silent',
    };
    const config = loadConfig(environment, 'commerce');
    await migrateDatabase(config.database.url);
    store = await catalog.addStore();
    await catalog.saveMany(store, [productDraft('first', { name: 'Here before the replica' })]);
    app = await createReplicaApp(config, { module: CommerceModule });
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await catalog?.close();
  });

  const ask = (query: Record<string, string | number>, isPositioned = true, path = 'products') => {
    const { installation } = app.get<PositionGate>(POSITION_GATE);
    const position = catalog.commits.at(-1)?.position ?? 0;
    return app.inject({
      url: `/api/v1/stores/${store.code}/${path}`,
      query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, `${value}`])),
      headers: isPositioned ? { 'lockstep-position': `${position}@${installation}` } : {},
    });
  };

  const list = async (query: Record<string, string | number>, isPositioned = true) => {
    const answer = await ask(query, isPositioned);
    expect([query, answer.statusCode]).toEqual([query, 200]);
    return answer.json<Listed>();
  };

  const names = async (query: Record<string, string | number>) =>
    (await list(query)).items.map(({ name }) => name);

  const suggest = async (q: string, limit = 5) => {
    const answer = await ask({ q, limit }, true, 'search/suggestions');
    expect([q, answer.statusCode]).toEqual([q, 200]);
    const { products, categories, brands } = answer.json<Suggested>();
    return {
      // Equal ones are in the order of their ids.
      products: products.map(({ name }) => name).sort(),
      categories: categories.map(({ name, count }) => `${name} ${count}`),
      brands: brands.map(({ value, count }) => `${value} ${count}`),
    };
  };

  const priced = (...amounts: readonly number[]) =>
    amounts.map((amountMinor, index) =>
      variantDraft({
        optionValues: [`${index}`],
        prices: [{ currency: 'EUR', amountMinor, compareAtMinor: null }],
      }),
    );

  const addressOf = async (slug: string, place = 0) => {
    const [product] = await catalog.reader.query<{ id: string }>(
      sql`SELECT id FROM product WHERE store_id = ${store.id} AND slug = ${slug}`,
    );
    const variants = await catalog.reader.query<{ id: string }>(
      sql`SELECT id FROM product_variant WHERE product_id = ${product?.id ?? ''} ORDER BY sort_position`,
    );
    const variantId = variants[place]?.id ?? '';
    return { storeCode: store.code, productId: product?.id ?? '', variantId };
  };

  it('find what was there before the replica was', async () => {
    expect(await names({ q: 'replica' })).toEqual(['Here before the replica']);
  });

  it('find words behind whose beginning a character of two units comes', async () => {
    await catalog.saveMany(store, [productDraft('astral', { name: 'あ𠮷田商店' })]);
    for (const q of ['あ', 'あ𠮷', '𠮷'])
      expect([q, await names({ q })]).toEqual([q, ['あ𠮷田商店']]);
  });

  it('find joined words, umlauts that are spelled out, and words inside of others', async () => {
    await catalog.saveMany(store, [
      productDraft('shirt', { name: 'Ärmel T-Shirt' }),
      productDraft('jp', { name: '日本語緑茶' }),
    ]);
    expect(await names({ q: 'tshirt' })).toEqual(['Ärmel T-Shirt']);
    expect(await names({ q: 'aermel' })).toEqual(['Ärmel T-Shirt']);
    expect(await names({ q: '緑茶' })).toEqual(['日本語緑茶']);
  });

  it('refuse a range of prices that is the wrong way round', async () => {
    const answer = await ask({ 'price[min]': 200, 'price[max]': 100 });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'http.validation-failed' }),
    ]);
    expect((await ask({ 'price[min]': 200, 'price[max]': 200 })).statusCode).toBe(200);
  });

  it('filter by the price of one variant, and see another price of it that leaves the span', async () => {
    await catalog.saveMany(store, [
      productDraft('spread', { name: 'Spread', options: ['No'], variants: priced(71, 75, 79) }),
      productDraft('wide', { name: 'Wide', options: ['No'], variants: priced(71, 79) }),
    ]);
    const between = { 'price[min]': 74, 'price[max]': 76 };
    expect(await names(between)).toEqual(['Spread']);
    const middle = { currency: 'EUR', amountMinor: 78, compareAtMinor: null };
    await catalog.priceEditor().set(await addressOf('spread', 1), 1, middle);
    expect(await names(between)).toEqual([]);
    expect(await names({ 'price[min]': 78, 'price[max]': 78 })).toEqual(['Spread']);
  });

  it('see a new text, what is sold out, and what is taken from the shop', async () => {
    const draft = productDraft('lamp', { name: 'Lamp', slug: 'lamp' });
    await catalog.saveMany(store, [draft]);
    expect(await names({ q: 'brass' })).toEqual([]);
    const text = { name: 'Lamp', seoTitle: null, seoDescription: null };
    const described = { en: { ...text, descriptionHtml: '<p>of br&#97;ss</p>' } };
    await catalog.saveMany(store, [{ ...draft, texts: described, sourceHash: 'described' }]);
    expect(await names({ q: 'brass' })).toEqual(['Lamp']);

    const available = { q: 'lamp', available: 'true' };
    expect(await names(available)).toEqual(['Lamp']);
    const gone = { onHand: 0, isTracked: true, allowsBackorder: false };
    await catalog.stockEditor().set(await addressOf('lamp'), 1, gone);
    expect(await names(available)).toEqual([]);
    expect(await names({ q: 'lamp' })).toEqual(['Lamp']);

    await catalog.saveMany(store, [{ ...draft, status: 'archived', sourceHash: 'archived' }]);
    expect(await names({ q: 'lamp' })).toEqual([]);
  });

  it('rank by relevance when words are asked for, and go on behind a cursor', async () => {
    await catalog.saveMany(store, [
      productDraft('r1', { name: 'Zither' }),
      productDraft('r2', { name: 'Case for a zither and more' }),
      productDraft('r3', { name: 'Zitherless table' }),
    ]);
    const ranked = ['Zither', 'Case for a zither and more', 'Zitherless table'];
    expect(await names({ q: 'zither' })).toEqual(ranked);
    expect(await names({ q: 'zither', sort: 'name' })).toEqual(ranked.toSorted());
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Listed = await list({
        q: 'zither',
        limit: 1,
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(ranked);
  });

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
      products: ['Gravel bike'],
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
    const refused = await ask({ q: 'x'.repeat(101) }, true, 'search/suggestions');
    expect(refused.statusCode).toBe(400);
  });

  it('keep suggestions as finished answers', async () => {
    await suggest('keep');
    const again = await ask({ q: 'keep', limit: 5 }, true, 'search/suggestions');
    expect(again.headers['cache-status']).toContain('hit');
    expect(again.headers.etag).toBeDefined();
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
      app.get(DatabaseClock),
      catalog.storeLookup,
      new SearchRuleRepository(),
    );
    const rule = await editor.create(store.code, { kind: 'synonyms', words: ['handy', 'natel'] });
    expect(await names({ q: 'handy' })).toEqual(['Handy', 'Natel']);
    expect((await suggest('handy')).products).toEqual(['Handy', 'Natel']);
    const address = { storeCode: store.code, id: rule.id };
    const redirect = { kind: 'redirect', words: ['handy'], url: '/c/phones' } as const;
    await editor.update(address, 1, redirect);
    expect(await list({ q: 'Handy' })).toMatchObject({
      items: [{ name: 'Handy' }],
      redirect: { url: '/c/phones' },
    });
    expect(await list({ q: 'handy case' })).not.toHaveProperty('redirect');
    await editor.remove(address, 2);
    expect(await list({ q: 'Handy' })).not.toHaveProperty('redirect');
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
    expect(await names({ q: 'zither', 'filter[brand]': 'Unfindable' })).toEqual([]);
    expect(await names({ q: 'unfindable', 'price[min]': 5 })).toEqual([]);
    await app.get(MissRecorder).write();
    expect(await noted()).toEqual([{ query: 'unfindable xyz', miss_count: 2, locale: 'en' }]);
    // What was written is not written again.
    await names({ q: 'unfindable again' });
    await app.get(MissRecorder).write();
    await app.get(MissRecorder).write();
    expect((await noted()).map(({ miss_count: count }) => count)).toEqual([1, 2]);
  });

  it('show each batch of an import whole or not at all, and every other product once, page by page', async () => {
    const still = Array.from({ length: 60 }, (_, number) =>
      productDraft(`still${number}`, { name: `Still ${number}`, brand: 'Still' }),
    );
    await catalog.saveMany(store, still);
    const expected = new Set(still.map((_, number) => `Still ${number}`));
    expect(await names({ 'filter[brand]': 'Still', limit: 100 })).toHaveLength(expected.size);
    const batchOf = (number: number, run: number) =>
      Array.from({ length: BATCH }, (_, index) =>
        productDraft(`b${number}-${index}`, {
          name: `Moved ${number} ${index}`,
          brand: `Run ${run}`,
          sourceHash: `${run}`,
        }),
      );
    let looks = 0;
    const partial: unknown[] = [];
    const look = async (run: number): Promise<void> => {
      looks += 1;
      // Limits that were never asked for, so that every look is worked out anew.
      const query = { 'filter[brand]': `Run ${run}`, facets: 'true', limit: 1 + (looks % 100) };
      const { facets } = await list(query, looks % 2 === 0);
      if ((facets?.total ?? 0) % BATCH !== 0) partial.push(facets);
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Listed = await list(
          { sort: 'newest', limit: 25, ...(cursor === null ? {} : { cursor }) },
          false,
        );
        seen.push(...page.items.map(({ name }) => name).filter((name) => expected.has(name)));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect([seen.length, new Set(seen).size]).toEqual([expected.size, expected.size]);
    };
    for (let run = 0; run < 3; run += 1) {
      for (let number = 0; number < 5; number += 1) {
        let isSaved = false;
        const saving = catalog.saveMany(store, batchOf(number, run)).then(() => {
          isSaved = true;
        });
        do await look(run);
        while (!isSaved);
        await saving;
      }
    }
    expect(partial).toEqual([]);
    expect((await list({ 'filter[brand]': 'Run 2', facets: 'true' })).facets?.total).toBe(
      5 * BATCH,
    );
  }, 120_000);
});
