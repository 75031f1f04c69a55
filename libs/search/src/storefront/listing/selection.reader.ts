import { Injectable } from '@nestjs/common';
import type { LoadContext } from '#libs/cache';
import { catalogErrors, catalogTags, CategoryTreeReader } from '#libs/catalog';
import { StoreReader } from '#libs/stores';
import { composeSelection } from '../../model/query/compose-selection.js';
import { NO_LEXICON, type QueryLexicon } from '../../model/query/query-lexicon.js';
import type { ProductSort, SearchSelection } from '../../model/query/search-query.js';
import { searchTags } from '../../model/search.tags.js';
import type { ListFocus, ProductFilter } from './product-query.js';
import { QueryLexiconReader } from './query-lexicon.reader.js';

export interface SelectionKey extends ListFocus {
  readonly filter: ProductFilter;
}

/** What a filter was read as, and by what. */
interface ReadFilter extends Omit<ListFocus, 'storeCode'> {
  readonly lexicon: QueryLexicon;
  readonly categoryIds: readonly string[] | undefined;
  readonly selection: SearchSelection | undefined;
}

/** Turns what a list was asked for into a selection, and names what lists of it depend on. */
@Injectable()
export class SelectionReader {
  /** A page and its facets have one filter: its query is read once, and is the same to the engine. */
  private readonly known = new WeakMap<ProductFilter, ReadFilter>();

  constructor(
    private readonly stores: StoreReader,
    private readonly categories: CategoryTreeReader,
    private readonly lexicons: QueryLexiconReader,
  ) {}

  /**
   * Undefined when nothing can be selected. Throws `catalog.store-not-found`,
   * `catalog.category-not-found`. Call it first in a load: the tags it names must be known before
   * anything is read. `sort`: of a list; without it only what counts of it is named.
   */
  async open(
    key: SelectionKey,
    context: LoadContext,
    sort?: ProductSort,
  ): Promise<SearchSelection | undefined> {
    const { storeCode, locale, filter } = key;
    this.nameTags(key, context, sort);
    await this.stores.get(storeCode);
    const categoryIds =
      filter.category === undefined
        ? undefined
        : await this.subtree(storeCode, locale, filter.category, context);
    const lexicon = filter.q === undefined ? NO_LEXICON : await this.lexicons.get(key);
    return this.selectionOf(key, lexicon, categoryIds);
  }

  private selectionOf(
    { filter, locale, currency }: SelectionKey,
    lexicon: QueryLexicon,
    categoryIds: readonly string[] | undefined,
  ): SearchSelection | undefined {
    const known = this.known.get(filter);
    const isKnown =
      known?.lexicon === lexicon &&
      known.categoryIds === categoryIds &&
      known.locale === locale &&
      known.currency === currency;
    if (isKnown) return known.selection;
    const selection = composeSelection(filter, { locale, currency }, categoryIds, lexicon);
    this.known.set(filter, { lexicon, categoryIds, locale, currency, selection });
    return selection;
  }

  private nameTags(
    { storeCode, filter }: SelectionKey,
    context: LoadContext,
    sort: ProductSort | undefined,
  ): void {
    if (filter.category === undefined) context.tag(catalogTags.storeProducts(storeCode));
    if (filter.q !== undefined) {
      // Products are found by all their texts, and scored by whether they can be had.
      context.tag(searchTags.texts(storeCode), searchTags.availability(storeCode));
    }
    if (sort === 'popular' || (sort === 'relevance' && filter.q !== undefined)) {
      context.tag(searchTags.popularity(storeCode));
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
