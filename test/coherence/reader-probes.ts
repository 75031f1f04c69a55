import { RuntimeSettingsReader } from '#libs/scaling';
import { StaffAccessReader } from '#authoring/identity';
import { StoreDirectory } from '#authoring/stores';
import type { SampledEntry } from '#libs/cache';
import {
  CategoryTreeReader,
  PictureReader,
  ProductCardReader,
  ProductReader,
  RelatedProductReader,
  SellableReader,
} from '#libs/catalog';
import { ProductListReader, SuggestionReader, type ProductListKey } from '#libs/search';
import { AvailabilityReader } from '#libs/inventory';
import { UserError } from '#libs/kernel';
import { OrderHistory } from '#libs/orders';
import { PriceListReader, PriceReader } from '#libs/pricing';
import { StoreReader, StoreSettingsReader, type CachedSettingsKind } from '#libs/stores';
import { CustomerAccessReader } from '../../libs/customers/src/storefront/customer-access.reader.js';
import { ShopperSessionReader } from '../../libs/customers/src/storefront/shopper-session.reader.js';
import { ApiKeyReader } from '../../libs/identity/src/authoring/access/api-key.reader.js';
import { SessionReader } from '../../libs/identity/src/authoring/access/session.reader.js';
import { PromotionReader } from '../../libs/promotions/src/storefront/promotion.reader.js';
import { PopularQueriesReader } from '../../libs/search/src/storefront/queries/popular-queries.reader.js';
import { FacetSettingsReader } from '../../libs/search/src/storefront/facets/facet-settings.reader.js';
import { SearchRulesReader } from '../../libs/search/src/storefront/rules/search-rules.reader.js';
import type { ShopWorld } from './shop-world.js';

/** Something that is read through the cache and leaves one entry in the region. */
export interface Probe {
  readonly region: string;
  readonly name: string;
  readonly read: (shop: ShopWorld) => unknown;
}

export interface HeldProbe {
  readonly probe: Probe;
  readonly entry: SampledEntry;
}

const sight = { storeCode: 'shop', locale: 'en', currency: 'EUR' };

const probe = (region: string, name: string, read: Probe['read']): Probe => ({
  region,
  name,
  read,
});

/** A list is two entries: which products a page has, and the facets. */
function list(
  name: string,
  {
    filter,
    ...wanted
  }: Partial<Omit<ProductListKey, 'filter'>> & {
    readonly filter?: Partial<ProductListKey['filter']>;
  } = {},
): Probe[] {
  const read: Probe['read'] = (shop) =>
    shop.get(ProductListReader).list(
      {
        ...{ ...sight, sort: 'name', limit: 2, ...wanted },
        filter: { brands: [], attributes: {}, ...filter },
      },
      true,
    );
  return ['search.product-page', 'search.product-facets'].map((region) =>
    probe(region, name, read),
  );
}

/** Suggestions are two entries: what was found, and the counts that all of a store share. */
function suggestions(q: string, locale = 'en'): Probe[] {
  const read: Probe['read'] = (shop) =>
    shop.get(SuggestionReader).get({ ...sight, locale, q, limit: 5 });
  return ['search.suggestions', 'search.store-counts'].map((region) => probe(region, q, read));
}

const product = (name: string, slug: string, locale = 'en'): Probe =>
  probe('catalog.product', name, (shop) => shop.get(ProductReader).get({ ...sight, slug, locale }));

const card = (name: string, id: 'pad' | 'disc', locale = 'en'): Probe =>
  probe('catalog.product-card', name, (shop) =>
    shop.get(ProductCardReader).list({ ...sight, locale }, [shop.ids[id]]),
  );

const settings = (kind: CachedSettingsKind, code: string): Probe =>
  probe(`stores.${kind}-settings`, code, (shop) => shop.get(StoreSettingsReader).get(code, kind));

const prices = (currency: string): Probe =>
  probe('pricing.product-prices', currency, async (shop) => {
    const { id: storeId } = await shop.get(StoreDirectory).get(shop.storeCode);
    return shop.get(PriceReader).get({ storeId, currency, productId: shop.ids.pad });
  });

/** At least one of every region of both roles; also of what is not there yet. */
export const probes: readonly Probe[] = [
  ...['shop', 'spare', 'newcomer'].map((code) =>
    probe('catalog.store', code, (shop) => shop.get(StoreReader).find(code)),
  ),
  ...['shop', 'spare', 'newcomer'].flatMap((code) => [
    settings('tax', code),
    settings('sales', code),
  ]),
  ...['en', 'de', 'fr'].map((locale) =>
    probe('catalog.category-tree', locale, (shop) =>
      shop.get(CategoryTreeReader).tree(shop.storeCode, locale),
    ),
  ),
  probe('catalog.category-tree', 'of the spare store', (shop) =>
    shop.get(CategoryTreeReader).tree(shop.spareCode, 'fr'),
  ),
  ...['demo/pad.svg', 'demo/new.svg'].map((path) =>
    probe('catalog.picture', path, (shop) => shop.get(PictureReader).get(path)),
  ),
  product('by its slug', 'pad'),
  product('in another language', 'pad', 'de'),
  product('in a language it has no texts in', 'pad', 'fr'),
  product('by its handle', 'pad-handle'),
  product('by a slug that nothing has', 'new-pad'),
  product('by a handle that nothing has', 'new-handle'),
  card('of a product', 'pad'),
  card('in another language', 'pad', 'de'),
  card('of a product in another category', 'disc'),
  ...list('all'),
  ...list('by price, in another language', { sort: '-price', locale: 'de' }),
  ...list('in a language that the store has not', { locale: 'fr' }),
  ...list('newest, in another currency', { sort: 'newest', currency: 'USD' }),
  ...list('popular', { sort: 'popular' }),
  ...list('of a brand', { filter: { brands: ['Acme'] } }),
  ...list('with an attribute', { filter: { attributes: { material: ['steel'] } } }),
  ...list('of a category and those below', { filter: { category: 'brakes' } }),
  ...list('with a word', { filter: { q: 'pad' } }),
  ...list('with a word, by relevance', { sort: 'relevance', filter: { q: 'pad' } }),
  ...list('with another word', { filter: { q: 'bosch' } }),
  ...list('between prices', { filter: { minPriceMinor: 500, maxPriceMinor: 1_500 } }),
  probe('search.rules', 'of the shop', (shop) =>
    shop.get(SearchRulesReader).get({ storeCode: shop.storeCode, locale: 'en' }),
  ),
  probe('search.facets', 'of the shop', (shop) =>
    shop.get(FacetSettingsReader).get(shop.storeCode),
  ),
  probe('search.queries', 'of the shop', (shop) =>
    shop.get(PopularQueriesReader).get(shop.storeCode, 'en'),
  ),
  ...suggestions('pad'),
  ...suggestions('bra'),
  ...suggestions('acm', 'de'),
  ...['en', 'fr'].map((locale) =>
    probe('catalog.sellable', locale, (shop) =>
      shop.get(SellableReader).list({ storeCode: shop.storeCode, locale }, [shop.ids.pad]),
    ),
  ),
  probe('catalog.related-products', 'of a product', (shop) =>
    shop.get(RelatedProductReader).list({ ...sight, slug: 'pad' }),
  ),
  probe('inventory.availability', 'of a product', (shop) =>
    shop.get(AvailabilityReader).get(shop.ids.pad),
  ),
  probe('promotions.active', 'of the shop', async (shop) => {
    const { id } = await shop.get(StoreDirectory).get(shop.storeCode);
    return shop.get(PromotionReader).list(id);
  }),
  probe('scaling.settings', 'of all', (shop) =>
    shop.get(RuntimeSettingsReader).isOn('relatedProducts'),
  ),
  probe('pricing.relative-lists', 'of the shop', async (shop) => {
    const { id } = await shop.get(StoreDirectory).get(shop.storeCode);
    return shop.get(PriceListReader).list(id);
  }),
  prices('EUR'),
  prices('USD'),
  probe('identity.session', 'of the clerk', (shop) =>
    shop.get(SessionReader).find(shop.ids.sessionSha256),
  ),
  probe('identity.session', 'of the administrator', (shop) =>
    shop.get(SessionReader).find(shop.ids.ownSessionSha256),
  ),
  probe('identity.session', 'ended long ago', (shop) => shop.get(SessionReader).find('longAgo')),
  probe('identity.api-key', 'of the clerk', (shop) =>
    shop.get(ApiKeyReader).find(shop.ids.keySha256),
  ),
  probe('orders.history-stamp', 'of the customer', (shop) =>
    shop.get(OrderHistory).list(shop.ids.customer, undefined, 1),
  ),
  probe('customers.session', 'of the customer', (shop) =>
    shop.get(ShopperSessionReader).find(shop.ids.shopperSessionSha256),
  ),
  probe('customers.access', 'of the customer', (shop) =>
    shop.get(CustomerAccessReader).find(shop.ids.customer),
  ),
  probe('identity.staff-access', 'of the clerk', (shop) =>
    shop.get(StaffAccessReader).find(shop.ids.clerk),
  ),
];

/** Reads it anew and hands out what is held of it; undefined when reading it holds nothing. */
export async function hold(shop: ShopWorld, probed: Probe): Promise<HeldProbe | undefined> {
  shop.cache.clearLocal();
  try {
    await probed.read(shop);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  const upkeep = shop.cache.upkeeps.get(probed.region);
  if (upkeep === undefined) throw new TypeError(`there is no region ${probed.region}`);
  if (upkeep.sampleSize > 1) throw new TypeError(`${probed.name} holds more than one entry`);
  const entry = upkeep.sample();
  return entry === undefined ? undefined : { probe: probed, entry };
}
