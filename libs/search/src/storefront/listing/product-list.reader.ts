import { Inject, Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader, type LoadContext } from '#libs/cache';
import { ProductCardReader, type ProductCard } from '#libs/catalog';
import type { ProductPage } from '../../model/index/store-index.js';
import type { PagePosition } from '../../model/query/search-query.js';
import { SEARCH_ENGINE, type SearchEngine } from '../engine/search-engine.js';
import { ProductFacetsReader } from './product-facets.reader.js';
import type { ProductFacets } from './product-facets.js';
import { productListKey, type ProductListKey } from './product-query.js';
import { QueryAdvice } from './query-advice.js';
import { SelectionReader } from './selection.reader.js';

export interface ProductList {
  readonly items: readonly ProductCard[];
  readonly next: PagePosition | undefined;
  readonly facets: ProductFacets | undefined;
  /** What was probably meant, when a query has none or few answers; it leads to some. */
  readonly didYouMean: string | undefined;
  /** Where staff want who asks for this to be sent. */
  readonly redirect: string | undefined;
}

type FoundPage = ProductPage & Pick<ProductList, 'didYouMean' | 'redirect'>;

const TTL_MS = 5 * 60_000;
/** With fewer products on its only page a query is looked at for what may have been meant. */
const FEW = 3;
const NOTHING: FoundPage = {
  ids: [],
  next: undefined,
  didYouMean: undefined,
  redirect: undefined,
};

/**
 * Lists of products: which products a page has is worked out by the search engine and kept under the tags of
 * the list, what is shown of each is in the cache under tags of its own.
 */
@Injectable()
export class ProductListReader {
  private readonly pages: CachedReader<ProductListKey, FoundPage>;

  constructor(
    cache: CoherentCache,
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
    private readonly selections: SelectionReader,
    private readonly cards: ProductCardReader,
    private readonly facets: ProductFacetsReader,
    private readonly advice: QueryAdvice,
  ) {
    this.pages = cache.reader<ProductListKey, FoundPage>({
      name: 'search.product-page',
      key: productListKey,
      load: (key, context) => this.load(key, context),
      isFromMemory: true,
      isHeldWhenAskedAgain: true,
      ttlMs: TTL_MS,
      maxEntries: 20_000,
    });
  }

  /**
   * Throws `catalog.category-not-found`, `search.index-not-ready`. The key's store, language and currency
   * must exist.
   */
  async list(key: ProductListKey, withFacets: boolean): Promise<ProductList> {
    const { storeCode, locale, currency, filter } = key;
    const selection = { storeCode, locale, currency, filter };
    const isHeld = this.pages.holds(key) && (!withFacets || this.facets.holds(selection));
    if (!isHeld) await this.engine.turn();
    // Together, so that both are of the same state of the index although it is changing.
    const [page = NOTHING, facets] = await Promise.all([
      this.pages.get(key),
      withFacets ? this.facets.get(selection) : undefined,
    ]);
    const { ids, next, didYouMean, redirect } = page;
    const items = await this.cards.list(key, ids);
    return { items, next, facets, didYouMean, redirect };
  }

  private async load(key: ProductListKey, context: LoadContext): Promise<FoundPage> {
    const selection = await this.selections.open(key, context, key.sort);
    if (selection === undefined) return NOTHING;
    const { storeCode, locale, limit, after } = key;
    // Without words every product is as relevant as any other.
    const sort =
      key.sort === 'relevance' && selection.words.length === 0 ? ('name' as const) : key.sort;
    const search = await this.engine.open(storeCode, context);
    const page = await search.page(selection, { locale, sort, limit, after });
    const isWhole = after === undefined && page.next === undefined;
    const didYouMean =
      isWhole && page.ids.length < FEW
        ? await this.advice.didYouMean(key, search, selection, page.ids.length)
        : undefined;
    return { ...page, didYouMean, redirect: await this.advice.redirect(key) };
  }
}
