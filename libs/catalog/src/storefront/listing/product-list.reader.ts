import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader, type LoadContext } from '#libs/cache';
import { ProductCardReader } from '../product-card.reader.js';
import type { ProductCard } from '../product.view.js';
import { ProductFacetsReader } from './product-facets.reader.js';
import type { ProductFacets } from './product-facets.js';
import { ProductPageRepository, type ProductPage } from './product-page.repository.js';
import { productListKey, type PagePosition, type ProductListKey } from './product-query.js';
import { SelectionReader } from './selection.reader.js';

export interface ProductList {
  readonly items: readonly ProductCard[];
  readonly next: PagePosition | undefined;
  readonly facets: ProductFacets | undefined;
}

const TTL_MS = 5 * 60_000;
const NOTHING: ProductPage = { ids: [], next: undefined };

/**
 * Lists of products, from the cache: which products a page has is cached under the tags of the
 * list, what is shown of each under tags of its own.
 */
@Injectable()
export class ProductListReader {
  private readonly pages: CachedReader<ProductListKey, ProductPage>;

  constructor(
    cache: CoherentCache,
    private readonly repository: ProductPageRepository,
    private readonly selections: SelectionReader,
    private readonly cards: ProductCardReader,
    private readonly facets: ProductFacetsReader,
  ) {
    this.pages = cache.reader<ProductListKey, ProductPage>({
      name: 'catalog.product-page',
      key: productListKey,
      load: (key, context) => this.load(key, context),
      ttlMs: TTL_MS,
      maxEntries: 20_000,
    });
  }

  /** Throws `catalog.category-not-found`. The key's store, language and currency must exist. */
  async list(key: ProductListKey, withFacets: boolean): Promise<ProductList> {
    const { ids, next } = (await this.pages.get(key)) ?? NOTHING;
    const items = await this.cards.list(key, ids);
    const facets = withFacets ? await this.facets.get(key) : undefined;
    return { items, next, facets };
  }

  private async load(key: ProductListKey, context: LoadContext): Promise<ProductPage | undefined> {
    const selection = await this.selections.open(key, context);
    if (selection === undefined) return NOTHING;
    const { locale, sort, limit } = key;
    const { signal } = context;
    return this.repository.page({ selection, locale, sort, limit, after: key.after }, { signal });
  }
}
