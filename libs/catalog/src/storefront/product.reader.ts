import { StoreReader } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader, type LoadContext } from '#libs/cache';
import type { MaybePromise } from '#libs/kernel';
import { afterValue } from '../model/after-value.js';
import { catalogErrors } from '../model/catalog.errors.js';
import { catalogTags } from '../model/catalog.tags.js';
import { CategoryTreeReader } from './category-tree.reader.js';
import { focusText, readFocus } from '../model/key-text.js';
import { ProductViewRepository } from './product-view.repository.js';
import { productView, type ProductView } from './product.view.js';

export interface ProductKey {
  readonly storeCode: string;
  readonly slug: string;
  readonly locale: string;
  readonly currency: string;
}

const TTL_MS = 10 * 60_000;

/** Products by their slug, as their pages show them, from the cache. */
@Injectable()
export class ProductReader {
  private readonly reader: CachedReader<ProductKey, ProductView>;

  constructor(
    cache: CoherentCache,
    private readonly products: ProductViewRepository,
    private readonly stores: StoreReader,
    private readonly categories: CategoryTreeReader,
  ) {
    this.reader = cache.reader<ProductKey, ProductView>({
      name: 'catalog.product',
      key: (key) => focusText(key) + key.slug,
      keyOf: readProductKey,
      tags: ({ storeCode, slug }) => [catalogTags.slug(storeCode, slug)],
      load: (key, context) => this.load(key, context),
      ttlMs: TTL_MS,
      maxEntries: 50_000,
    });
  }

  /** Throws `catalog.product-not-found`, also for products that shoppers may not see. */
  get(key: ProductKey): MaybePromise<ProductView> {
    return afterValue(this.reader.get(key), (product) => {
      if (product === undefined) {
        throw catalogErrors.productNotFound({ details: { slug: key.slug } });
      }
      return product;
    });
  }

  private async load(key: ProductKey, context: LoadContext): Promise<ProductView | undefined> {
    const store = await this.stores.find(key.storeCode);
    if (store === undefined) return undefined;
    const target = await this.products.findBySlug(store.id, key.slug);
    if (target === undefined) return undefined;
    // Named for a hidden product too: publishing it does not change where the slug leads.
    context.tag(catalogTags.product(target.id));
    if (!target.isVisible) return undefined;
    const source = await this.products.source(target);
    if (source === undefined) return undefined;
    const tree = await this.categories.tree(key.storeCode, key.locale);
    const place = source.categoryId === null ? undefined : tree.places[source.categoryId];
    const focus = {
      locale: key.locale,
      fallbackLocale: store.defaultLocale,
      currency: key.currency,
    };
    return productView(source, focus, place?.path ?? []);
  }
}

function readProductKey(text: string): ProductKey | undefined {
  const focus = readFocus(text);
  if (focus === undefined) return undefined;
  const { rest: slug, ...sight } = focus;
  return { ...sight, slug };
}
