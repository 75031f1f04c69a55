import { Injectable } from '@nestjs/common';
import type { LoadContext } from '#libs/cache';
import { catalogErrors, catalogTags, CategoryTreeReader } from '#libs/catalog';
import { StoreReader } from '#libs/stores';
import { composeSelection } from '../../model/query/compose-selection.js';
import type { SearchSelection } from '../../model/query/search-query.js';
import { NO_RULES } from '../../model/rules/compile-rules.js';
import { searchTags } from '../../model/search.tags.js';
import { SearchRulesReader } from '../rules/search-rules.reader.js';
import type { ListFocus, ProductFilter } from './product-query.js';

export interface SelectionKey extends ListFocus {
  readonly filter: ProductFilter;
}

/** Turns what a list was asked for into a selection, and names what lists of it depend on. */
@Injectable()
export class SelectionReader {
  constructor(
    private readonly stores: StoreReader,
    private readonly categories: CategoryTreeReader,
    private readonly rules: SearchRulesReader,
  ) {}

  /**
   * Undefined when nothing can be selected. Throws `catalog.store-not-found`,
   * `catalog.category-not-found`. Call it first in a load: the tags it names must be known before
   * anything is read.
   */
  async open(key: SelectionKey, context: LoadContext): Promise<SearchSelection | undefined> {
    const { storeCode, locale, filter } = key;
    this.nameTags(key, context);
    await this.stores.get(storeCode);
    const categoryIds =
      filter.category === undefined
        ? undefined
        : await this.subtree(storeCode, locale, filter.category, context);
    const rules = filter.q === undefined ? NO_RULES : await this.rules.get(key);
    return composeSelection(filter, key, categoryIds, rules);
  }

  private nameTags({ storeCode, filter }: SelectionKey, context: LoadContext): void {
    if (filter.category === undefined) context.tag(catalogTags.storeProducts(storeCode));
    if (filter.q !== undefined) {
      // Products are found by all their texts, and scored by whether they can be had.
      context.tag(searchTags.texts(storeCode), searchTags.availability(storeCode));
    }
    if (filter.minPriceMinor !== undefined || filter.maxPriceMinor !== undefined) {
      context.tag(searchTags.prices(storeCode));
    }
    if (filter.isAvailable === true) context.tag(searchTags.availability(storeCode));
  }

  /** Reading the tree through its reader adds the tree's own tag: moves change the selection. */
  private async subtree(
    storeCode: string,
    locale: string,
    slug: string,
    context: LoadContext,
  ): Promise<readonly string[]> {
    const tree = await this.categories.tree(storeCode, locale);
    const id = tree.idsBySlug[slug];
    const place = id === undefined ? undefined : tree.places[id];
    if (place === undefined) throw catalogErrors.categoryNotFound({ details: { slug } });
    context.tag(catalogTags.categoryProducts(place.branch.id));
    return place.subtreeIds;
  }
}
