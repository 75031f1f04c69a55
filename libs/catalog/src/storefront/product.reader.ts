import { StoreReader } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader, type LoadContext } from '#libs/cache';
import { AvailabilityReader } from '#libs/inventory';
import { PriceReader } from '#libs/pricing';
import { catalogErrors } from '../model/catalog.errors.js';
import { catalogTags } from '../model/catalog.tags.js';
import { CategoryTreeReader } from './category-tree.reader.js';
import { productTexts, productView, type ProductTexts, type ProductView } from './product.view.js';
import { ProductRecords } from './records/product-records.js';

export interface ProductKey {
  readonly storeCode: string;
  readonly slug: string;
  readonly locale: string;
  readonly currency: string;
}

type TextKey = Omit<ProductKey, 'currency'>;

const TTL_MS = 10 * 60_000;

/**
 * Products by their slug, as their pages show them: composed of what the catalog, pricing and inventory
 * hold in the cache, each under its own tags. A new price costs the load of prices alone.
 */
@Injectable()
export class ProductReader {
  private readonly texts: CachedReader<TextKey, ProductTexts>;

  constructor(
    cache: CoherentCache,
    private readonly records: ProductRecords,
    private readonly stores: StoreReader,
    private readonly categories: CategoryTreeReader,
    private readonly prices: PriceReader,
    private readonly availability: AvailabilityReader,
  ) {
    this.texts = cache.reader<TextKey, ProductTexts>({
      name: 'catalog.product',
      key: jsonKey<TextKey>({ storeCode: z.string(), locale: z.string(), slug: z.string() }),
      tags: ({ storeCode, slug }) => [catalogTags.slug(storeCode, slug)],
      load: (key, context) => this.load(key, context),
      ttlMs: TTL_MS,
      maxEntries: 50_000,
    });
  }

  /** Throws `catalog.product-not-found`, also for products that shoppers may not see. */
  async get(key: ProductKey): Promise<ProductView> {
    const { currency, ...textKey } = key;
    const texts = await this.texts.get(textKey);
    if (texts === undefined) throw catalogErrors.productNotFound({ details: { slug: key.slug } });
    const { id: productId, storeId } = texts;
    const prices = await this.prices.get({ storeId, currency, productId });
    const availability = await this.availability.get(productId);
    return productView(texts, { currency, prices, availability });
  }

  /** The id of a product that shoppers may see. Throws `catalog.product-not-found`. */
  async idOf({ storeCode, locale, slug }: ProductKey): Promise<string> {
    const texts = await this.texts.get({ storeCode, locale, slug });
    if (texts === undefined) throw catalogErrors.productNotFound({ details: { slug } });
    return texts.id;
  }

  private async load(key: TextKey, context: LoadContext): Promise<ProductTexts | undefined> {
    const store = await this.stores.find(key.storeCode);
    if (store === undefined) return undefined;
    const source = await this.records.findBySlug(store.id, key.slug, context);
    if (source === undefined) return undefined;
    const tree = await this.categories.tree(key.storeCode, key.locale);
    const place = source.categoryId === null ? undefined : tree.places[source.categoryId];
    const focus = { locale: key.locale, fallbackLocale: store.defaultLocale };
    return productTexts(source, focus, place?.path ?? []);
  }
}
