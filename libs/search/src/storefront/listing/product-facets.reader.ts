import { Inject, Injectable } from '@nestjs/common';
import { CoherentCache, jsonKey, type CachedReader, type LoadContext } from '#libs/cache';
import { catalogTags, CategoryTreeReader } from '#libs/catalog';
import { searchTags } from '../../model/search.tags.js';
import { SEARCH_ENGINE, type SearchEngine } from '../engine/search-engine.js';
import { FacetOrder } from '../facets/facet-order.js';
import { FacetSettingsReader } from '../facets/facet-settings.reader.js';
import { NO_FACETS, productFacets, type ProductFacets } from './product-facets.js';
import { canonicalFilter, filterSchema, focusFields } from './product-query.js';
import { SelectionReader, type SelectionKey } from './selection.reader.js';

const TTL_MS = 5 * 60_000;

/** Facet counts, from the cache; all pages and sort orders of a selection share them. */
@Injectable()
export class ProductFacetsReader {
  private readonly reader: CachedReader<SelectionKey, ProductFacets>;

  constructor(
    cache: CoherentCache,
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
    private readonly selections: SelectionReader,
    private readonly categories: CategoryTreeReader,
    private readonly settings: FacetSettingsReader,
  ) {
    this.reader = cache.reader<SelectionKey, ProductFacets>({
      name: 'search.product-facets',
      key: jsonKey<SelectionKey>({ ...focusFields, filter: filterSchema }, (key) => ({
        ...key,
        filter: canonicalFilter(key.filter),
      })),
      load: (key, context) => this.load(key, context),
      isFromMemory: true,
      isHeldWhenAskedAgain: true,
      ttlMs: TTL_MS,
      maxEntries: 5_000,
    });
  }

  /** Whether nothing has to be counted for it. */
  holds(key: SelectionKey): boolean {
    return this.reader.holds(key);
  }

  async get(key: SelectionKey): Promise<ProductFacets> {
    return (await this.reader.get(key)) ?? NO_FACETS;
  }

  private async load(key: SelectionKey, context: LoadContext): Promise<ProductFacets> {
    // The category facet looks beyond the chosen category.
    context.tag(catalogTags.storeProducts(key.storeCode));
    // A price that is neither the lowest nor the highest of its product changes no list, but a range.
    context.tag(searchTags.prices(key.storeCode));
    const selection = await this.selections.open(key, context);
    if (selection === undefined) return NO_FACETS;
    const tree = await this.categories.tree(key.storeCode, key.locale);
    const order = new FacetOrder(await this.settings.get(key.storeCode), key.locale);
    const search = await this.engine.open(key.storeCode, context);
    return productFacets(await search.facets(selection), tree, order);
  }
}
