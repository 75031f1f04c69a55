import {
  CategoryDirectory,
  CategoryEditor,
  PictureRepository,
  ProductEditor,
  RelatedProductRepository,
  type CategoryPatch,
} from '#authoring/catalog';
import { ProductPopularityRepository } from '#libs/catalog';
import { StockEditor } from '#authoring/inventory';
import { StockTaker } from '#libs/inventory';
import { PriceEditor } from '#authoring/pricing';
import { StoreDirectory, StoreEditor, type StorePatch } from '#authoring/stores';
import type { ShopWorld } from './shop-world.js';

/** A change as staff or a job make it; each finds what those before it have left. */
export interface Write {
  readonly name: string;
  readonly run: (shop: ShopWorld) => Promise<unknown>;
}

const write = (name: string, run: Write['run']): Write => ({ name, run });

const store = (name: string, patch: StorePatch, code = 'shop'): Write =>
  write(`a store: ${name}`, async (shop) => {
    const { version } = await shop.get(StoreDirectory).get(code);
    await shop.get(StoreEditor).update(code, version, patch);
  });

const category = (name: string, patch: (shop: ShopWorld) => CategoryPatch): Write =>
  write(`a category: ${name}`, async (shop) => {
    const address = { storeCode: shop.storeCode, id: shop.ids.pads };
    const { version } = await shop.get(CategoryDirectory).get(address.storeCode, address.id);
    await shop.get(CategoryEditor).update(address, version, patch(shop));
  });

const product = (name: string, patch: (shop: ShopWorld) => Parameters<ShopWorld['patch']>[0]) =>
  write(`a product: ${name}`, (shop) => shop.patch(patch(shop)));

const variant = (name: string, changes: Parameters<ShopWorld['patchVariant']>[0]): Write =>
  write(`a variant: ${name}`, (shop) => shop.patchVariant(changes));

type Text = Awaited<ReturnType<ShopWorld['product']>>['texts'][string];

const text = (name: string, changes: Partial<Text>, locale = 'en'): Write =>
  write(`a text: ${name}`, async (shop) => {
    const { texts } = await shop.product();
    const before = texts[locale] ?? texts['en'];
    if (before === undefined) throw new TypeError('the product has no text');
    await shop.patch({ texts: { ...texts, [locale]: { ...before, ...changes } } });
  });

const images = (name: string, urls: readonly string[], alt: string | null): Write =>
  product(`the images: ${name}`, () => ({ images: urls.map((url) => ({ url, alt })) }));

const addressOf = async (shop: ShopWorld) => {
  const { variants } = await shop.product();
  const [first] = variants;
  if (first === undefined) throw new TypeError('the product has no variant');
  const address = { storeCode: shop.storeCode, productId: shop.ids.pad, variantId: first.id };
  return { address, first };
};

const price = (name: string, currency: string, amountMinor: number, compareAt: number | null) =>
  write(`a price: ${name}`, async (shop) => {
    const { address, first } = await addressOf(shop);
    const { version = 0 } = first.prices.find((each) => each.currency === currency) ?? {};
    const wanted = { currency, amountMinor, compareAtMinor: compareAt };
    await shop.get(PriceEditor).set(address, version, wanted);
  });

const stock = (name: string, onHand: number, isTracked = true, allowsBackorder = false): Write =>
  write(`stock: ${name}`, async (shop) => {
    const { address, first } = await addressOf(shop);
    const wanted = { onHand, isTracked, allowsBackorder };
    await shop.get(StockEditor).set(address, first.stock.version, wanted);
  });

const sell = async (shop: ShopWorld, step: 'take' | 'giveBack'): Promise<void> => {
  const { id } = await shop.get(StoreDirectory).get(shop.storeCode);
  const { address } = await addressOf(shop);
  const demands = [{ variantId: address.variantId, quantity: 2 }];
  await shop.unitOfWork.run(async (tx) => {
    const taker = shop.get(StockTaker);
    if (step === 'take') await taker.take(tx, id, demands);
    else {
      const atMain = demands.map((demand) => ({ ...demand, locationId: null }));
      await taker.giveBack(tx, id, atMain, 'cancellation');
    }
  });
};

const related = (name: string, idsOf: (shop: ShopWorld) => readonly string[]): Write =>
  write(`related products: ${name}`, async (shop) => {
    const { id } = await shop.get(StoreDirectory).get(shop.storeCode);
    const wanted = new Map([[shop.ids.pad, idsOf(shop)]]);
    await shop.unitOfWork.run((tx) => shop.get(RelatedProductRepository).replace(tx, id, wanted));
  });

const popularity = (name: string, levelsOf: (shop: ShopWorld) => ReadonlyMap<string, number>) =>
  write(`popularity: ${name}`, async (shop) => {
    const { id } = await shop.get(StoreDirectory).get(shop.storeCode);
    await shop.unitOfWork.run((tx) =>
      shop.get(ProductPopularityRepository).replace(tx, id, levelsOf(shop)),
    );
  });

/** What is written to stores, catalog, pricing and inventory. */
export const catalogWrites: readonly Write[] = [
  store('its name', { name: 'Other shop' }),
  store('its default currency', { defaultCurrency: 'USD' }),
  store('another currency', { currencies: ['EUR', 'USD', 'CHF'] }),
  store('another language', { locales: ['en', 'de', 'fr'] }),
  store('the default language, with a category', { defaultLocale: 'de' }, 'spare'),
  write('taxes: the first that a store is told of them', (shop) =>
    shop.tell('spare', 'tax', { pricesIncludeTax: false, defaultCountry: 'FR' }),
  ),
  write('taxes: of a store', (shop) => shop.tell('shop', 'tax', { defaultCountry: 'FR' })),
  write('sales: of a store', (shop) => shop.tell('shop', 'sales', { orderNumberPrefix: 'X' })),
  write('a store is made', async (shop) => {
    const { name, currencies, locales, defaultCurrency, defaultLocale } = await shop
      .get(StoreDirectory)
      .get('shop');
    const content = { name, currencies, locales, defaultCurrency, defaultLocale };
    await shop.get(StoreEditor).create('newcomer', content);
  }),
  write('a store is removed', (shop) => shop.get(StoreEditor).remove('newcomer', 1)),

  category('its name', () => ({ names: { en: 'Brake pads', de: 'Beläge' } })),
  category('its languages', () => ({ names: { en: 'Brake pads', fr: 'Plaquettes' } })),
  category('its slug', () => ({ slug: 'brake-pads' })),
  category('its place among others', () => ({ position: 9 })),
  category('below another', ({ ids }) => ({ parentId: ids.tyres })),
  category('back again', ({ ids }) => ({ parentId: ids.brakes })),
  write('a category is made', (shop) =>
    shop
      .get(CategoryEditor)
      .create(shop.storeCode, { parentId: null, position: 0, names: { en: 'New' } }),
  ),
  write('a category is removed', (shop) =>
    shop.get(CategoryEditor).remove({ storeCode: shop.storeCode, id: shop.ids.empty }, 1),
  ),

  product('its slug', () => ({ slug: 'new-pad' })),
  product('its slug as before', () => ({ slug: 'pad' })),
  product('archived', () => ({ status: 'archived' })),
  product('active again', () => ({ status: 'active' })),
  product('its brand', () => ({ brand: 'Bosch' })),
  product('its category', ({ ids }) => ({ categoryId: ids.tyres })),
  product('its category as before', ({ ids }) => ({ categoryId: ids.pads })),
  product('the value of an attribute', () => ({
    attributes: [{ code: 'material', value: 'wood' }],
  })),
  product('the code of an attribute', () => ({ attributes: [{ code: 'matter', value: 'wood' }] })),
  product('the name of an option', () => ({ options: ['Length', 'Colour', 'Kind'] })),
  product('the order of options', () => ({ options: ['Colour', 'Length', 'Kind'] })),
  images('their text', ['/media/a.svg', '/media/b.svg'], 'b'),
  images('one for another', ['/media/a.svg', '/media/c.svg'], 'b'),
  images('their order', ['/media/c.svg', '/media/a.svg'], 'b'),
  text('the name', { name: 'Zebra pad' }),
  text('the description', { descriptionHtml: '<p>Holds</p>' }),
  text('the title for search engines', { seoTitle: 'Hold' }),
  text('the description for search engines', { seoDescription: 'Holds' }),
  text('the name in another language', { name: 'Klotz' }, 'de'),
  write('a text: another language instead', async (shop) => {
    const { texts } = await shop.product();
    const { en, de } = texts;
    if (en === undefined || de === undefined) throw new TypeError('a text is missing');
    await shop.patch({ texts: { en, fr: de } });
  }),
  variant('its SKU', { sku: 'PAD-X' }),
  variant('its barcode', { barcode: '41' }),
  variant('its weight', { weightGrams: 90 }),
  variant('its picture', { imageUrl: '/media/c.svg' }),
  variant('its first option', { optionValues: ['XL', 'red', 'front'] }),
  variant('its second option', { optionValues: ['XL', 'blue', 'front'] }),
  variant('its third option', { optionValues: ['XL', 'blue', 'rear'] }),
  write('variants: their order', async (shop) => {
    const { variants } = await shop.product();
    await shop.patch({ variants: variants.toReversed() });
  }),
  write('variants: another instead', async (shop) => {
    const { variants } = await shop.product();
    const [first, last] = variants;
    if (first === undefined || last === undefined) throw new TypeError('a variant is missing');
    const { id: _, ...rest } = last;
    const fresh = { ...rest, prices: rest.prices.map(({ version: __, ...each }) => each) };
    const { version: ___, ...counted } = rest.stock;
    await shop.patch({
      variants: [
        first,
        { ...fresh, stock: counted, sku: 'PAD-NEW', optionValues: ['XS', 'blue', 'rear'] },
      ],
    });
  }),

  price('lower', 'EUR', 100, null),
  price('one to compare with', 'EUR', 100, 200),
  price('out of the range of a filter', 'EUR', 9_000, null),
  price('in another currency', 'CHF', 1_000, null),
  write('a price is taken away', async (shop) => {
    const { address, first } = await addressOf(shop);
    const { version = 0 } = first.prices.find(({ currency }) => currency === 'USD') ?? {};
    await shop.get(PriceEditor).remove(address, 'USD', version);
  }),
  write('prices: in another currency instead', async (shop) => {
    const { variants } = await shop.product();
    await shop.patch({
      variants: variants.map((each) => ({
        ...each,
        prices: each.prices.map(({ version, ...one }) =>
          one.currency === 'CHF' ? { ...one, currency: 'USD' } : { ...one, version },
        ),
      })),
    });
  }),
  write('prices: by the product', async (shop) => {
    const { variants } = await shop.product();
    await shop.patch({
      variants: variants.map((each) => ({
        ...each,
        prices: each.prices.map((one) => ({ ...one, amountMinor: 1_200 })),
      })),
    });
  }),
  stock('sold out', 0),
  stock('may be ordered', 0, true, true),
  stock('not counted', 0, false, true),
  stock('a number that nobody sees', 7, false, true),
  write('stock: by the product', async (shop) => {
    const { variants } = await shop.product();
    const sold = { onHand: 0, isTracked: true, allowsBackorder: false };
    await shop.patch({ variants: variants.map((each) => ({ ...each, stock: sold })) });
  }),

  stock('two are there', 2),
  write('stock: the last are sold', (shop) => sell(shop, 'take')),
  write('stock: a sale is undone', (shop) => sell(shop, 'giveBack')),

  related('others', ({ ids }) => [ids.disc]),
  related('one for another', ({ ids }) => [ids.hose]),
  related('one before it', ({ ids }) => [ids.disc, ids.hose]),
  popularity('of one that was not ordered', ({ ids }) => new Map([[ids.disc, 2]])),
  popularity(
    'of others',
    ({ ids }) =>
      new Map([
        [ids.pad, 9],
        [ids.disc, 3],
      ]),
  ),
  popularity('of none any more', ({ ids }) => new Map([[ids.pad, 0]])),
  write('a picture is added', (shop) => {
    const picture = { path: 'demo/new.svg', contentType: 'image/svg+xml', body: '<svg/>' };
    return shop.unitOfWork.run((tx) => shop.get(PictureRepository).ensure(tx, [picture]));
  }),
  write('an import adds a product', (shop) => shop.import('new-handle', { name: 'New pad' })),
  write('an import changes it', (shop) =>
    shop.import('new-handle', { name: 'New pad', brand: 'Bosch' }),
  ),
  write('an import changes a product that is shown', (shop) =>
    shop.import('disc-handle', { name: 'Other disc' }),
  ),
  write('a related product is removed', async (shop) => {
    const { id, version } = await shop.product(shop.ids.disc);
    await shop.get(ProductEditor).remove({ storeCode: shop.storeCode, id }, version);
  }),
  write('a product is removed', async (shop) => {
    const { id, version } = await shop.product();
    await shop.get(ProductEditor).remove({ storeCode: shop.storeCode, id }, version);
  }),
];
