import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader, type LoadContext } from '#libs/cache';
import type { MaybePromise } from '#libs/kernel';
import { afterValue } from '../../model/after-value.js';
import { catalogTags } from '../../model/catalog.tags.js';
import { CategoryTreeReader } from '../category-tree.reader.js';
import { focusText, readFocus } from '../../model/key-text.js';
import { categoryCounts, type ProductFacets } from './product-facets.js';
import { ProductFacetsRepository } from './product-facets.repository.js';
import { filterText, readFilter } from './product-query.js';
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
      key: (key) => focusText(key) + filterText(key.filter),
      keyOf: readSelectionKey,
      load: (key, context) => this.load(key, context),
      ttlMs: TTL_MS,
      maxEntries: 5_000,
    });
  }

  get(key: SelectionKey): MaybePromise<ProductFacets> {
    return afterValue(this.reader.get(key), (facets) => facets ?? EMPTY);
  }

  private async load(key: SelectionKey, context: LoadContext): Promise<ProductFacets> {
    // The category facet looks beyond the chosen category.
    context.tag(catalogTags.storeProducts(key.storeCode));
    const selection = await this.selections.open(key, context);
    if (selection === undefined) return EMPTY;
    const tree = await this.categories.tree(key.storeCode, key.locale);
    return {
      total: await this.repository.total(selection),
      brands: await this.repository.brands(selection),
      attributes: await this.repository.attributes(selection),
      categories: categoryCounts(tree, await this.repository.categories(selection)),
      price: (await this.repository.prices(selection)) ?? null,
    };
  }
}

function readSelectionKey(text: string): SelectionKey | undefined {
  const focus = readFocus(text);
  if (focus === undefined) return undefined;
  const { rest, ...sight } = focus;
  const filter = readFilter(JSON.parse(rest));
  return filter === undefined ? undefined : { ...sight, filter };
}
