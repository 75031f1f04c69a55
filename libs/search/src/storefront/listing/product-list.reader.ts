import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader, type LoadContext } from '#libs/cache';
import { ProductCardReader, type ProductCard } from '#libs/catalog';
import type { ProductPage, StoreIndex } from '../../model/index/store-index.js';
import { correctQuery, replaceWords, writtenAs } from '../../model/query/correct-query.js';
import { parseQuery } from '../../model/query/parse-query.js';
import type { PagePosition, SearchSelection } from '../../model/query/search-query.js';
import { languageOf } from '../../model/text/language.js';
import { SearchIndex } from '../following/search-index.js';
import { ProductFacetsReader } from './product-facets.reader.js';
import type { ProductFacets } from './product-facets.js';
import { productListKey, type ProductListKey } from './product-query.js';
import { SelectionReader } from './selection.reader.js';

export interface ProductList {
  readonly items: readonly ProductCard[];
  readonly next: PagePosition | undefined;
  readonly facets: ProductFacets | undefined;
  /** What was probably meant, when a query has none or few answers; it leads to some. */
  readonly didYouMean: string | undefined;
}

interface FoundPage extends ProductPage {
  readonly didYouMean: string | undefined;
}

const TTL_MS = 5 * 60_000;
/** With fewer products on its only page a query is looked at for what may have been meant. */
const FEW = 3;
const NOTHING: FoundPage = { ids: [], next: undefined, didYouMean: undefined };

/**
 * Lists of products: which products a page has is worked out by the index and kept under the tags of
 * the list, what is shown of each is in the cache under tags of its own.
 */
@Injectable()
export class ProductListReader {
  private readonly pages: CachedReader<ProductListKey, FoundPage>;

  constructor(
    cache: CoherentCache,
    private readonly index: SearchIndex,
    private readonly selections: SelectionReader,
    private readonly cards: ProductCardReader,
    private readonly facets: ProductFacetsReader,
  ) {
    this.pages = cache.reader<ProductListKey, FoundPage>({
      name: 'search.product-page',
      key: productListKey,
      load: (key, context) => this.load(key, context),
      ttlMs: TTL_MS,
      maxEntries: 20_000,
    });
  }

  /**
   * Throws `catalog.category-not-found`, `search.index-not-ready`. The key's store, language and currency
   * must exist.
   */
  async list(key: ProductListKey, withFacets: boolean): Promise<ProductList> {
    const { ids, next, didYouMean } = (await this.pages.get(key)) ?? NOTHING;
    const items = await this.cards.list(key, ids);
    const { storeCode, locale, currency, filter } = key;
    const selection = { storeCode, locale, currency, filter };
    const facets = withFacets ? await this.facets.get(selection) : undefined;
    return { items, next, facets, didYouMean };
  }

  private async load(key: ProductListKey, context: LoadContext): Promise<FoundPage> {
    const selection = await this.selections.open(key, context);
    if (selection === undefined) return NOTHING;
    const { storeCode, locale, limit, after } = key;
    // Without words every product is as relevant as any other.
    const sort =
      key.sort === 'relevance' && selection.words.length === 0 ? ('name' as const) : key.sort;
    const index = await this.index.ready(storeCode, context.signal);
    const page = index.page(selection, { locale, sort, limit, after });
    const isWhole = after === undefined && page.next === undefined;
    const didYouMean =
      isWhole && page.ids.length < FEW
        ? await this.correct(key, index, selection, page.ids.length)
        : undefined;
    return { ...page, didYouMean };
  }

  /** The corrected query, with its new words written as products that answer it have them. */
  private async correct(
    key: ProductListKey,
    index: StoreIndex,
    selection: SearchSelection,
    total: number,
  ): Promise<string | undefined> {
    const { locale, filter } = key;
    const language = languageOf(locale);
    const corrected = correctQuery(index, filter.q ?? '', language, selection, total);
    if (corrected === undefined) return undefined;
    const words = parseQuery(corrected.query, language);
    const page = { locale, sort: 'relevance', limit: FEW, after: undefined } as const;
    const { ids } = index.page({ ...selection, words }, page);
    const cards = await this.cards.list(key, ids);
    const texts = cards.flatMap(({ name, brand }) => (brand === null ? [name] : [name, brand]));
    const written = corrected.terms.map((term) => [term, writtenAs(term, texts)] as const);
    return replaceWords(corrected.query, new Map(written));
  }
}
