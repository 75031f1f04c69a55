import { Injectable } from '@nestjs/common';
import { CoherentCache, jsonKey, type CachedReader, type LoadContext } from '#libs/cache';
import { catalogTags } from '../../model/catalog.tags.js';
import { CategoryTreeReader } from '../category-tree.reader.js';
import { categoryCounts, type ProductFacets } from './product-facets.js';
import { ProductFacetsRepository } from './product-facets.repository.js';
import { canonicalFilter, filterSchema, focusFields } from './product-query.js';
import { SelectionReader, type SelectionKey } from './selection.reader.js';

const TTL_MS = 5 * 60_000;
const EMPTY: ProductFacets = { total: 0, brands: [], attributes: [], categories: [], price: null };

/** Facet counts, from the cache; all pages and sort orders of a selection share them. */
@Injectable()
export class ProductFacetsReader {
  private readonly reader: CachedReader<SelectionKey, ProductFacets>;

  constructor(
    cache: CoherentCache,
    private readonly repository: ProductFacetsRepository,
    private readonly selections: SelectionReader,
    private readonly categories: CategoryTreeReader,
  ) {
    this.reader = cache.reader<SelectionKey, ProductFacets>({
      name: 'catalog.product-facets',
      key: jsonKey<SelectionKey>({ ...focusFields, filter: filterSchema }, (key) => ({
        ...key,
        filter: canonicalFilter(key.filter),
      })),
      load: (key, context) => this.load(key, context),
      ttlMs: TTL_MS,
      maxEntries: 5_000,
    });
  }

  async get(key: SelectionKey): Promise<ProductFacets> {
    return (await this.reader.get(key)) ?? EMPTY;
  }

  private async load(key: SelectionKey, context: LoadContext): Promise<ProductFacets> {
    // The category facet looks beyond the chosen category.
    context.tag(catalogTags.storeProducts(key.storeCode));
    const selection = await this.selections.open(key, context);
    if (selection === undefined) return EMPTY;
    const tree = await this.categories.tree(key.storeCode, key.locale);
    const { signal } = context;
    return {
      total: await this.repository.total(selection, { signal }),
      brands: await this.repository.brands(selection, { signal }),
      attributes: await this.repository.attributes(selection, { signal }),
      categories: categoryCounts(tree, await this.repository.categories(selection, { signal })),
      price: (await this.repository.prices(selection, { signal })) ?? null,
    };
  }
}
