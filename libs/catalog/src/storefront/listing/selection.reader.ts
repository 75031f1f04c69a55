import { StoreReader } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import type { LoadContext } from '#libs/cache';
import { catalogErrors } from '../../model/catalog.errors.js';
import { catalogTags } from '../../model/catalog.tags.js';
import { CategoryTreeReader } from '../category-tree.reader.js';
import { ProductSearchRepository } from '../../model/product-search.repository.js';
import type { ListFocus, ProductFilter } from './product-query.js';
import type { Selection } from './product-selection.js';

export interface SelectionKey extends ListFocus {
  readonly filter: ProductFilter;
}

/** Turns what a list was asked for into a selection, and names what lists of it depend on. */
@Injectable()
export class SelectionReader {
  constructor(
    private readonly stores: StoreReader,
    private readonly categories: CategoryTreeReader,
    private readonly search: ProductSearchRepository,
  ) {}

  /**
   * Undefined when nothing can be selected. Throws `catalog.category-not-found`.
   * Call it first in a load: the tags it names must be known before anything is read.
   */
  async open(key: SelectionKey, context: LoadContext): Promise<Selection | undefined> {
    const { storeCode, locale, currency, filter } = key;
    const store = await this.stores.get(storeCode);
    if (filter.category === undefined) {
      context.tag(catalogTags.storeProducts(storeCode));
    }
    let categoryIds: readonly string[] | undefined;
    if (filter.category !== undefined) {
      // Reading the tree through its reader adds the tree's own tag: moves change the selection.
      const tree = await this.categories.tree(storeCode, locale);
      const id = tree.idsBySlug[filter.category];
      const place = id === undefined ? undefined : tree.places[id];
      if (place === undefined) {
        throw catalogErrors.categoryNotFound({ details: { slug: filter.category } });
      }
      context.tag(catalogTags.categoryProducts(place.branch.id));
      categoryIds = place.subtreeIds;
    }
    const search = await this.search.conditions(store.id, filter.q, {
      signal: context.signal,
    });
    if (search === undefined) return undefined;
    return { storeId: store.id, currency, categoryIds, filter, search };
  }
}
