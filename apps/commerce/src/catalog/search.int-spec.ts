import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import type { CatalogFixture } from '../../../../libs/catalog/test/catalog-fixture.js';
import { SearchedShop, type Listed } from '../../../../test/support/searched-shop.js';

const BATCH = 40;

describeOnEachDatabase('searches of a commerce replica', (open) => {
  let shop: SearchedShop;
  let catalog: CatalogFixture;
  let store: Store;

  beforeAll(async () => {
    shop = await SearchedShop.open(open, [
      productDraft('first', { name: 'Here before the replica' }),
    ]);
    ({ catalog, store } = shop);
  });

  afterAll(() => shop?.close());

  const list = (query: Record<string, string | number>, isPositioned = true) =>
    shop.list(query, isPositioned);
  const names = (query: Record<string, string | number>) => shop.names(query);

  /** What is asked for again is held, and has to be voided. */
  const heldNames = async (query: Record<string, string | number>): Promise<string[]> => {
    for (let asked = 1; asked < 3; asked += 1) await names(query);
    return names(query);
  };

  /** Page by page. */
  const allNames = async (query: Record<string, string | number>): Promise<string[]> => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Listed = await list({ ...query, ...(cursor === null ? {} : { cursor }) });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return seen;
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
    const answer = await shop.ask({ 'price[min]': 200, 'price[max]': 100 });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'http.validation-failed' }),
    ]);
    expect((await shop.ask({ 'price[min]': 200, 'price[max]': 200 })).statusCode).toBe(200);
  });

  it('filter by the price of one variant, and see another price of it that leaves the span', async () => {
    await catalog.saveMany(store, [
      productDraft('spread', { name: 'Spread', options: ['No'], variants: priced(71, 75, 79) }),
      productDraft('wide', { name: 'Wide', options: ['No'], variants: priced(71, 79) }),
    ]);
    const between = { 'price[min]': 74, 'price[max]': 76 };
    expect(await heldNames(between)).toEqual(['Spread']);
    const middle = { currency: 'EUR', amountMinor: 78, compareAtMinor: null };
    await catalog.priceEditor().set(await addressOf('spread', 1), 1, middle);
    expect(await names(between)).toEqual([]);
    expect(await names({ 'price[min]': 78, 'price[max]': 78 })).toEqual(['Spread']);
  });

  it('count ranges of prices, which can be sent back, and see a price that is in another one', async () => {
    const brand = 'Ranged';
    await catalog.saveMany(store, [
      productDraft('ranged', {
        name: 'Ranged',
        brand,
        options: ['No'],
        variants: priced(100, 500, 900),
      }),
      ...[100, 500, 900].map((minor) =>
        productDraft(`at-${minor}`, { brand, options: ['No'], variants: priced(minor) }),
      ),
    ]);
    const ranges = async (query: Record<string, number> = {}) =>
      (await list({ 'filter[brand]': brand, facets: 'true', ...query })).facets?.priceRanges.map(
        ({ min, max, count }) => [min?.amount, max?.amount, count],
      );
    const before = [
      [undefined, 499, 2],
      [500, 799, 2],
      [800, undefined, 2],
    ];
    // What is asked for again is held, and has to be voided.
    for (let asked = 0; asked < 3; asked += 1) expect(await ranges()).toEqual(before);
    expect(await ranges({ 'price[min]': 500, 'price[max]': 799 })).toEqual(before);
    expect(
      await names({ 'filter[brand]': brand, 'price[min]': 500, 'price[max]': 799 }),
    ).toHaveLength(2);
    const moved = { currency: 'EUR', amountMinor: 499, compareAtMinor: null };
    await catalog.priceEditor().set(await addressOf('ranged', 1), 1, moved);
    expect(await ranges()).toEqual([before[0], [500, 799, 1], before[2]]);
  });

  it('count ranges of an attribute that can be sent back, and refuse what is no range', async () => {
    const widths = [10, 11, 12, 40, 50, 60, 80].map((width) => `${width} mm`);
    await catalog.saveMany(
      store,
      widths.map((value, index) =>
        productDraft(`wide-${index}`, {
          brand: 'Wide',
          attributes: [{ code: 'width', value }],
        }),
      ),
    );
    const query = { 'filter[brand]': 'Wide', facets: 'true' };
    const [found] = (await list(query)).facets?.attributeRanges ?? [];
    expect(found).toMatchObject({ code: 'width', unit: 'mm' });
    expect(found?.ranges.reduce((sum, { count }) => sum + count, 0)).toBe(widths.length);
    for (const { range, count } of found?.ranges ?? []) {
      expect(await names({ ...query, 'range[width]': range })).toHaveLength(count);
    }
    const both = { ...query, 'range[width]': '..11 mm', 'filter[width]': '80 mm' };
    expect(await names(both)).toHaveLength(3);
    for (const refused of ['wide', '20..10 mm', '..']) {
      const answer = await shop.ask({ 'range[width]': refused });
      expect([answer.statusCode, answer.json()]).toEqual([
        400,
        expect.objectContaining({ code: 'http.validation-failed' }),
      ]);
    }
    const many: Record<string, string> = {};
    for (let index = 0; index < 11; index += 1) many[`range[c${index}]`] = '1..2';
    expect((await shop.ask(many)).json()).toMatchObject({
      errors: [{ path: 'range[c0]' }],
    });
    expect((await shop.ask({ 'price[max]': '' })).json()).toMatchObject({
      errors: [{ path: 'price[max]' }],
    });
  });

  it('list what is new since a day, page by page, and refuse what is no day', async () => {
    const brand = 'Fresh';
    await catalog.saveMany(
      store,
      ['f1', 'f2'].map((key) => productDraft(key, { brand })),
    );
    const query = { 'filter[brand]': brand, limit: 1, since: '2020-02-29' };
    const first = await list(query);
    const second = await list({ ...query, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ name }) => name).sort()).toEqual([
      'Product f1',
      'Product f2',
    ]);
    expect(await names({ ...query, since: '2120-01-01' })).toEqual([]);
    for (const since of ['2021-02-29', 'yesterday', '2021-01-01T00:00:00Z', '']) {
      expect([since, (await shop.ask({ since })).statusCode]).toEqual([since, 400]);
    }
  });

  it('see a new text, what is sold out, and what is taken from the shop', async () => {
    const draft = productDraft('lamp', { name: 'Lamp', slug: 'lamp' });
    await catalog.saveMany(store, [draft]);
    expect(await heldNames({ q: 'brass' })).toEqual([]);
    const text = { name: 'Lamp', seoTitle: null, seoDescription: null };
    const described = { en: { ...text, descriptionHtml: '<p>of br&#97;ss</p>' } };
    await catalog.saveMany(store, [{ ...draft, texts: described, sourceHash: 'described' }]);
    expect(await names({ q: 'brass' })).toEqual(['Lamp']);

    const available = { q: 'lamp', available: 'true' };
    expect(await heldNames(available)).toEqual(['Lamp']);
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
    expect(await allNames({ q: 'zither', limit: 1 })).toEqual(ranked);
  });

  it('are by name where relevance is asked for without words, page by page', async () => {
    const query = { 'filter[brand]': 'Relevant', sort: 'relevance', limit: 1 };
    const brand = 'Relevant';
    await catalog.saveMany(store, [
      productDraft('n1', { name: 'Beta', brand }),
      productDraft('n2', { name: 'Alpha', brand }),
      productDraft('n3', { name: 'Gamma', brand }),
    ]);
    expect(await allNames(query)).toEqual(['Alpha', 'Beta', 'Gamma']);
    expect(await allNames({ ...query, q: ' ' })).toEqual(['Alpha', 'Beta', 'Gamma']);
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
  });
});
