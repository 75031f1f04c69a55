import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PriceEditor } from '#authoring/pricing';
import { StockEditor } from '#authoring/inventory';
import { StoreDirectory, StoreEditor } from '#authoring/stores';
import { CoherentCache } from '#libs/cache';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../../catalog/test/catalog-drafts.js';
import { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { ProductReader } from '#libs/catalog';
import { names, shopLists, type Wanted } from '../../../test/shop-lists.js';
import { SEARCH_ENGINE, type SearchEngine } from '../engine/search-engine.js';
import { SearchModule } from '../search.module.js';

/** One of three variants that differ in size and price. */
function sized(size: string) {
  const prices = [{ currency: 'EUR', amountMinor: 1_000 * Number(size), compareAtMinor: null }];
  return variantDraft({ optionValues: [size], prices });
}

function priced(amountMinor: number, usdMinor = amountMinor) {
  return variantDraft({
    prices: [
      { currency: 'EUR', amountMinor, compareAtMinor: null },
      { currency: 'USD', amountMinor: usdMinor, compareAtMinor: null },
    ],
  });
}

describeOnEachDatabase('ProductListReader', (open) => {
  let replica: CatalogReplica;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [SearchModule]);
  });

  afterAll(() => replica.close());

  const { list, shopWith, pageThrough } = shopLists(() => replica);

  it('shows active products only, whatever happened before', async () => {
    const store = await shopWith(
      productDraft('a', { status: 'draft' }),
      productDraft('b'),
      productDraft('c', { status: 'archived' }),
    );
    expect(names(await list(store))).toEqual(['Product b']);
    await replica.saveMany(store, [productDraft('a'), productDraft('b', { status: 'draft' })]);
    expect(names(await list(store))).toEqual(['Product a']);
  });

  it('leaves out products that have no price in the currency', async () => {
    const prices = [{ currency: 'USD', amountMinor: 5, compareAtMinor: null }];
    const store = await shopWith(productDraft('a', { variants: [variantDraft({ prices })] }));
    expect(names(await list(store))).toEqual([]);
    expect(names(await list(store, { currency: 'USD' }))).toEqual(['Product a']);
  });

  it('sorts by name without regard to case and diacritics, in the language that is asked for', async () => {
    const text = (name: string) => ({
      name,
      descriptionHtml: '',
      seoTitle: null,
      seoDescription: null,
    });
    const store = await shopWith(
      productDraft('1', { texts: { en: text('zebra'), de: text('Abzieher') } }),
      productDraft('2', { texts: { en: text('Öl') } }),
      productDraft('3', { texts: { en: text('Oil'), de: text('Zündkerze') } }),
    );
    expect(names(await list(store))).toEqual(['Oil', 'Öl', 'zebra']);
    expect(names(await list(store, { sort: '-name' }))).toEqual(['zebra', 'Öl', 'Oil']);
    expect(names(await list(store, { locale: 'de' }))).toEqual(['Abzieher', 'Öl', 'Zündkerze']);
  });

  it('pages through ties of every sort order without a gap or a repetition', async () => {
    const drafts = Array.from({ length: 23 }, (_, index) =>
      productDraft(`p${index}`, {
        name: `Same ${index % 3}`,
        slug: `p-${index}`,
        variants: [priced(100 * (index % 4))],
      }),
    );
    const store = await shopWith(...drafts);
    for (const sort of ['name', '-name', 'price', '-price', 'newest', 'popular'] as const) {
      const whole = names(await list(store, { sort }));
      expect(whole).toHaveLength(23);
      expect(await pageThrough(store, { sort, limit: 4 })).toEqual(whole);
    }
  });

  it('keeps its place when products come in before it and behind it', async () => {
    const store = await shopWith(
      ...['b', 'd', 'f', 'h', 'j'].map((name) => productDraft(name, { name })),
    );
    const additions = ['a', 'i'];
    const seen = await pageThrough(store, { limit: 2 }, async () => {
      const name = additions.shift();
      if (name !== undefined) await replica.saveMany(store, [productDraft(name, { name })]);
    });
    expect(seen).toEqual(['b', 'd', 'f', 'h', 'i', 'j']);
  });

  it('finds products by the beginnings of all words, in names, brands, SKUs and attributes', async () => {
    const store = await shopWith(
      productDraft('1', {
        name: 'Brake pad front',
        brand: 'Störmer',
        variants: [variantDraft({ sku: 'BRK-100/A' })],
      }),
      productDraft('2', { name: 'Brake disc', attributes: [{ code: 'axle', value: 'Rear' }] }),
    );
    const find = async (q: string) => names(await list(store, { filter: { q } }));
    expect(await find('brake')).toEqual(['Brake disc', 'Brake pad front']);
    expect(await find('  BRA fro ')).toEqual(['Brake pad front']);
    expect(await find('stormer')).toEqual(['Brake pad front']);
    expect(await find('brk-100')).toEqual(['Brake pad front']);
    expect(await find('brk100a')).toEqual(['Brake pad front']);
    expect(await find('brake rear')).toEqual(['Brake disc']);
    expect(await find('ake')).toEqual([]);
    expect(await find('brake wheel')).toEqual([]);
    expect(await find("%'; --")).toEqual([]);
  });

  it('filters by category with those below it, brand, attributes and price', async () => {
    const attributes = (color: string, size: string) => [
      { code: 'color', value: color },
      { code: 'size', value: size },
    ];
    const store = await shopWith(
      productDraft('1', {
        brand: 'A',
        categoryPath: ['Wheels'],
        attributes: attributes('red', 'S'),
        variants: [priced(100)],
      }),
      productDraft('2', {
        brand: 'B',
        categoryPath: ['Wheels', 'Tyres'],
        attributes: attributes('red', 'L'),
        variants: [priced(200)],
      }),
      productDraft('3', {
        brand: 'C',
        categoryPath: ['Oil'],
        attributes: attributes('blue', 'S'),
        variants: [priced(300)],
      }),
    );
    const keys = async (filter: Wanted['filter']) =>
      names(await list(store, { filter: filter ?? {} })).map((name) => name.slice(-1));
    expect(await keys({ category: 'wheels' })).toEqual(['1', '2']);
    expect(await keys({ category: 'tyres' })).toEqual(['2']);
    expect(await keys({ brands: ['A', 'C'] })).toEqual(['1', '3']);
    expect(await keys({ attributes: { color: ['red', 'blue'], size: ['S'] } })).toEqual(['1', '3']);
    expect(await keys({ attributes: { color: ['red'], size: ['L'] } })).toEqual(['2']);
    expect(await keys({ minPriceMinor: 200 })).toEqual(['2', '3']);
    expect(await keys({ minPriceMinor: 150, maxPriceMinor: 250 })).toEqual(['2']);
    await expect(keys({ category: 'nowhere' })).rejects.toMatchObject({
      code: 'catalog.category-not-found',
    });
  });

  it('counts facets, each without its own choice', async () => {
    const draft = (key: string, brand: string, color: string, path: string[], minor: number) =>
      productDraft(key, {
        brand,
        attributes: [{ code: 'color', value: color }],
        categoryPath: path,
        variants: [priced(minor)],
      });
    const store = await shopWith(
      draft('1', 'A', 'red', ['Wheels'], 100),
      draft('2', 'A', 'blue', ['Wheels', 'Tyres'], 200),
      draft('3', 'B', 'red', ['Wheels', 'Tyres'], 300),
      draft('4', 'B', 'red', ['Oil'], 400),
    );
    const filter = { category: 'wheels', brands: ['B'], attributes: { color: ['red'] } };
    const { items, facets } = await list(store, { filter }, true);
    expect(items.map(({ name }) => name)).toEqual(['Product 3']);
    expect(facets).toMatchObject({
      total: 1,
      brands: [
        { value: 'A', count: 1 },
        { value: 'B', count: 1 },
      ],
      attributes: [{ code: 'color', values: [{ value: 'red', count: 1 }] }],
      categories: [
        { slug: 'wheels', count: 1 },
        { slug: 'tyres', count: 1 },
        { slug: 'oil', count: 1 },
      ],
      price: { minMinor: 300, maxMinor: 300 },
    });
    const onlyPrice = await list(store, { filter: { maxPriceMinor: 150 } }, true);
    expect(onlyPrice.facets).toMatchObject({ total: 1, price: { minMinor: 100, maxMinor: 400 } });
  });

  it('lists the products there are in a language and a currency that are added', async () => {
    const store = await shopWith(productDraft('a', { name: 'Pad' }));
    expect(names(await list(store))).toEqual(['Pad']);
    const { version } = await replica.app.get(StoreDirectory).get(store.code);
    const patch = { locales: [...store.locales, 'sv'], currencies: [...store.currencies, 'SEK'] };
    await replica.app.get(StoreEditor).update(store.code, version, patch);
    expect(names(await list(store, { locale: 'sv' }))).toEqual(['Pad']);
    expect(names(await list(store, { currency: 'SEK' }))).toEqual([]);
  });

  it('answers a repeated list from memory and sees a change that was committed here', async () => {
    const store = await shopWith(productDraft('a'));
    const loads = () =>
      replica.app
        .get(CoherentCache)
        .readerStates()
        .reduce((sum, state) => sum + state.loads, 0);
    await list(store);
    const before = loads();
    await list(store);
    expect(loads()).toBe(before);
    await replica.saveMany(store, [productDraft('b')]);
    expect(names(await list(store))).toEqual(['Product a', 'Product b']);
  });

  it('lets a list that is held wait for no search', async () => {
    const store = await shopWith(productDraft('a'));
    const engine = replica.app.get<SearchEngine>(SEARCH_ENGINE);
    await list(store, {}, true);
    let areOver = false;
    const turns = Promise.all(Array.from({ length: 2_000 }, () => engine.turn()));
    const searches = turns.then(() => (areOver = true));
    expect(names(await list(store, {}, true))).toEqual(['Product a']);
    expect(areOver).toBe(false);
    // One that is not held takes its turn after theirs.
    await list(store, { sort: '-name' }, true);
    expect(areOver).toBe(true);
    await searches;
  });

  it('loads nothing but prices after a new price that leaves the order of lists', async () => {
    const store = await shopWith(
      productDraft('a', { options: ['S'], variants: ['1', '2', '3'].map(sized) }),
    );
    const loads = () =>
      new Map(
        replica.app
          .get(CoherentCache)
          .readerStates()
          .map(({ name, loads: count }) => [name, count] as const),
      );
    const [card] = (await list(store)).items;
    const product = await replica.app
      .get(ProductReader)
      .get({ storeCode: store.code, slug: card?.slug ?? '', locale: 'en', currency: 'EUR' });
    const before = loads();
    await replica.app.get(PriceEditor).set(
      {
        storeCode: store.code,
        productId: product.id,
        variantId: product.variants[1]?.id ?? '',
      },
      1,
      { currency: 'EUR', amountMinor: 1_500, compareAtMinor: null },
    );
    const key = { storeCode: store.code, slug: product.slug, locale: 'en', currency: 'EUR' };
    const after = await replica.app.get(ProductReader).get(key);
    expect(after.variants[1]?.price).toEqual({ amount: 1_500, currency: 'EUR' });
    await list(store);
    const loaded = [...loads()].filter(([name, count]) => count !== before.get(name));
    expect(loaded.map(([name]) => name)).toEqual(['pricing.product-prices']);
  });

  it('shows what a new stock makes of the availability', async () => {
    const store = await shopWith(productDraft('a'));
    const [card] = (await list(store)).items;
    expect(card?.isAvailable).toBe(true);
    const key = { storeCode: store.code, slug: card?.slug ?? '', locale: 'en', currency: 'EUR' };
    const product = await replica.app.get(ProductReader).get(key);
    await replica.app.get(StockEditor).set(
      {
        storeCode: store.code,
        productId: product.id,
        variantId: product.variants[0]?.id ?? '',
      },
      1,
      { onHand: 0, isTracked: true, allowsBackorder: false },
    );
    expect((await list(store)).items[0]?.isAvailable).toBe(false);
    const [variant] = (await replica.app.get(ProductReader).get(key)).variants;
    expect(variant?.availability).toBe('out-of-stock');
  });
});
