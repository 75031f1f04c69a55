import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { AvailabilityRecords } from '#libs/inventory';
import { sql, SqlReader } from '#libs/database';
import { PriceRecords } from '#libs/pricing';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { regionTag } from '../../../../cache/src/core/following/coherence.js';
import { readApart } from '../../../../cache/src/core/reading/read-observer.js';
import { productDraft, variantDraft } from '../../../test/catalog-drafts.js';
import { CatalogReplica } from '../../../test/catalog-replica.js';
import type { ProductDraft } from '../../model/product-draft.js';
import { ProductCardReader } from '../product-card.reader.js';
import { ProductReader } from '../product.reader.js';
import type { ProductView } from '../product.view.js';
import { CatalogMemoryModule } from './catalog-memory.module.js';
import { ProductRecords } from './product-records.js';

const text = (name: string, descriptionHtml = '') => ({
  name,
  descriptionHtml,
  seoTitle: null,
  seoDescription: name === 'Tasse' ? 'für Tee' : null,
});

const DRAFTS: readonly ProductDraft[] = [
  productDraft('plain'),
  productDraft('cup', {
    slug: 'cup',
    brand: null,
    texts: {
      en: text('Cup', `<p>${'Holds tea. '.repeat(400)}</p>`),
      de: text('Tasse', '<p>ß 茶 😀</p>'),
    },
    options: ['Size', 'Colour'],
    attributes: [
      { code: 'material', value: 'clay' },
      { code: 'material', value: 'glaze' },
    ],
    images: [
      { url: 'https://images.example/cup.jpg', alt: 'a cup' },
      { url: 'https://images.example/red.jpg', alt: null },
    ],
    variants: [
      variantDraft({
        sku: 'CUP-S',
        optionValues: ['S', 'blue'],
        prices: [{ currency: 'EUR', amountMinor: 900, compareAtMinor: 1_200 }],
      }),
      variantDraft({
        sku: 'CUP-L',
        optionValues: ['L', 'red'],
        barcode: '4006381333931',
        weightGrams: 400,
        imageUrl: 'https://images.example/red.jpg',
        prices: [],
        stock: { onHand: 0, isTracked: true, allowsBackorder: true },
      }),
    ],
  }),
  productDraft('only-dollars', {
    variants: [
      variantDraft({ prices: [{ currency: 'USD', amountMinor: 5, compareAtMinor: null }] }),
    ],
  }),
  productDraft('hidden', { status: 'draft' }),
];

describeOnEachDatabase('the catalog in memory', (open) => {
  let replica: CatalogReplica;
  let store: Store;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [CatalogMemoryModule]);
    store = await replica.addStore({ locales: ['en', 'de'] });
    await replica.saveMany(store, DRAFTS);
    await holds(3);
  });

  afterAll(() => replica.close());

  const products = () => replica.app.get(ProductRecords).memory;
  const offers = () => [
    replica.app.get(PriceRecords).memory,
    replica.app.get(AvailabilityRecords).memory,
  ];

  /** Waits until that many products are held, with their offers, and nothing is left to be read. */
  const holds = (count: number) =>
    eventually('the catalog is held', async () => {
      const isWhole = [products(), ...offers()].every(
        ({ size, missing }) => size === count && missing === 0,
      );
      return isWhole || undefined;
    });

  const keysOf = (slug: string) =>
    ['en', 'de'].flatMap((locale) =>
      ['EUR', 'USD'].map((currency) => ({ storeCode: store.code, slug, locale, currency })),
    );

  const page = (slug: string, [key] = keysOf(slug)) =>
    replica.app
      .get(ProductReader)
      .get(key as NonNullable<typeof key>)
      .catch((error: unknown) => (error as { code: string }).code);

  const fromDatabase = <T>(work: () => Promise<T>) => readApart(new AbortController().signal, work);

  it('says what the database says, of pages and of cards, in every language and currency', async () => {
    const { finds } = products();
    for (const slug of ['product-plain', 'cup', 'product-only-dollars', 'hidden', 'no-such']) {
      for (const key of keysOf(slug)) {
        const held = await page(slug, [key]);
        // To the byte: replicas give the same entity tags, whatever they hold.
        const read = await fromDatabase(() => page(slug, [key]));
        expect(JSON.stringify(held)).toBe(JSON.stringify(read));
      }
    }
    const cards = replica.app.get(ProductCardReader);
    const rows = await replica.app.get(SqlReader).query<{ readonly id: string }>(
      sql`SELECT id
            FROM product
            ORDER BY id`,
    );
    for (const sight of keysOf('')) {
      const all = rows.map(({ id }) => id);
      const held = await cards.list(sight, all);
      expect(held).toHaveLength(3);
      const read = await fromDatabase(() => cards.list(sight, all));
      expect(JSON.stringify(held)).toBe(JSON.stringify(read));
    }
    expect(products().finds).toBeGreaterThan(finds);
  });

  it('says what each language and currency is told', async () => {
    const [en, , de, inDollars] = keysOf('cup');
    expect(await page('cup', [en!])).toMatchObject({
      name: 'Cup',
      brand: null,
      price: { min: { amount: 900, currency: 'EUR' } },
      variants: [
        { sku: 'CUP-S', compareAtPrice: { amount: 1_200 }, availability: 'in-stock' },
        { sku: 'CUP-L', price: null, availability: 'backorder' },
      ],
    });
    expect(await page('cup', [de!])).toMatchObject({ name: 'Tasse', seoDescription: 'für Tee' });
    expect(await page('cup', [inDollars!])).toMatchObject({ price: null });
    const [, dollars] = keysOf('product-only-dollars');
    expect(await page('product-only-dollars', [dollars!])).toMatchObject({
      price: { min: { amount: 5, currency: 'USD' } },
    });
  });

  it('makes a page that nobody has asked for before without a statement', async () => {
    await replica.saveMany(store, [productDraft('fresh')]);
    await holds(4);
    const query = jest.spyOn(replica.app.get(SqlReader), 'query');
    try {
      expect(await page('product-fresh')).toMatchObject({ name: 'Product fresh' });
      const [texts] = query.mock.calls.map(([statement]) => JSON.stringify(statement));
      expect(texts).toBeUndefined();
    } finally {
      query.mockRestore();
    }
  });

  it('shows every change at once, and holds the product again', async () => {
    const draft = (name: string, amountMinor: number, onHand: number, slug = 'mug') =>
      productDraft('handle of the mug', {
        name,
        slug,
        variants: [
          variantDraft({
            prices: [{ currency: 'EUR', amountMinor, compareAtMinor: null }],
            stock: { onHand, isTracked: true, allowsBackorder: false },
          }),
        ],
      });
    await replica.saveMany(store, [draft('Mug', 100, 5)]);
    await holds(5);
    for (const [name, amount, onHand] of [
      ['Mug', 150, 5],
      ['Mug', 150, 0],
      ['Mug of clay', 150, 0],
    ] as const) {
      await replica.saveMany(store, [draft(name, amount, onHand)]);
      for (const isHeld of [false, true]) {
        if (isHeld) await holds(5);
        expect(await page('mug')).toMatchObject({
          name,
          price: { min: { amount } },
          isAvailable: onHand > 0,
        });
      }
    }
    await replica.saveMany(store, [draft('Mug', 150, 5, 'beaker')]);
    expect(await page('mug')).toBe('catalog.product-not-found');
    expect(await page('beaker')).toMatchObject({ name: 'Mug' });
    await replica.saveMany(store, [productDraft('other', { slug: 'mug', name: 'Other' })]);
    expect(await page('mug')).toMatchObject({ name: 'Other' });
    await holds(6);
    expect(await page('mug')).toMatchObject({ name: 'Other' });
    expect(await page('beaker')).toMatchObject({ name: 'Mug' });
  });

  it('is read again with each region that is made of it, for what was changed by hand', async () => {
    await replica.saveMany(store, [productDraft('by-hand')]);
    await holds(7);
    const byHand = (amount: number, onHand: number, name: string) =>
      replica.unitOfWork.run(async (tx) => {
        const ofIt = sql`product_id IN (SELECT id FROM product WHERE slug = 'product-by-hand')`;
        await tx.execute(sql`UPDATE price SET amount_minor = ${amount} WHERE ${ofIt}`);
        await tx.execute(sql`UPDATE stock_item SET on_hand = ${onHand} WHERE ${ofIt}`);
        await tx.execute(sql`UPDATE product_translation SET name = ${name} WHERE ${ofIt}`);
      });
    const voided = (region: string) =>
      replica.unitOfWork.run((tx) => Promise.resolve(tx.invalidate(regionTag(region))));
    const { name, price } = (await page('product-by-hand')) as ProductView;
    await byHand(4_321, 0, 'By hand');
    expect(await page('product-by-hand')).toMatchObject({ name, price, isAvailable: true });
    await voided('pricing.product-prices');
    const repriced = { min: { amount: 4_321 } };
    expect(await page('product-by-hand')).toMatchObject({ name, price: repriced });
    await voided('inventory.availability');
    expect(await page('product-by-hand')).toMatchObject({ name, isAvailable: false });
    await voided('catalog.product');
    expect(await page('product-by-hand')).toMatchObject({ name: 'By hand' });
    await holds(7);
    await byHand(4_321, 0, 'Once more');
    await voided('catalog.product-card');
    const { id } = (await page('product-by-hand')) as ProductView;
    const [sight] = keysOf('');
    const cards = await replica.app.get(ProductCardReader).list(sight!, [id]);
    expect(cards).toMatchObject([{ name: 'Once more', price: repriced, isAvailable: false }]);
    await replica.saveMany(store, [productDraft('by-hand', { status: 'archived' })]);
    await holds(6);
  });

  it('forgets what shoppers may not see any more', async () => {
    await holds(6);
    await replica.saveMany(store, [productDraft('brief', { slug: 'brief' })]);
    await holds(7);
    await replica.saveMany(store, [productDraft('brief', { slug: 'brief', status: 'archived' })]);
    expect(await page('brief')).toBe('catalog.product-not-found');
    await holds(6);
    expect(await page('brief')).toBe('catalog.product-not-found');
  });
});
