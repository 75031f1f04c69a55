import { Injectable } from '@nestjs/common';
import { catalogErrors, CategoryTreeViewRepository, type CategoryTree } from '#libs/catalog';
import { SqlReader } from '#libs/database';
import { sightOf, StoreLookup, type Store } from '#libs/stores';
import { CategoryNames } from '../../model/index/category-names.js';
import type { IndexedProduct } from '../../model/index/indexed-product.js';
import { LabelIndex } from '../../model/index/label-index.js';
import type { PlacedExplanation, StoreIndex } from '../../model/index/store-index.js';
import { composeSelection, type SelectionFilter } from '../../model/query/compose-selection.js';
import type { QueryLexicon } from '../../model/query/query-lexicon.js';
import type { QueryWord, SearchSelection } from '../../model/query/search-query.js';
import { compileRules } from '../../model/rules/compile-rules.js';
import { rulesIn } from '../../model/rules/rules-in.js';
import { languageOf } from '../../model/text/language.js';
import { CatalogIndexSource } from '../../storefront/following/catalog-index-source.js';
import { runStepwise } from '../../storefront/following/run-stepwise.js';
import { SearchRuleViewRepository } from '../../storefront/rules/search-rule-view.repository.js';
import { ExplainedIndex } from './explained-index.js';

export interface ExplainedQuery {
  readonly storeCode: string;
  /** Undefined: the one of the store. */
  readonly locale: string | undefined;
  readonly currency: string | undefined;
  /** Slug of a category; its subcategories count too. */
  readonly category: string | undefined;
  readonly filter: SelectionFilter & { readonly q: string };
  /** Only this product, wherever it is; undefined: the first of the list. */
  readonly productId: string | undefined;
  readonly limit: number;
}

export interface ExplainedItem extends PlacedExplanation {
  readonly name: string;
}

export interface SearchExplanation {
  /** As they are searched for. */
  readonly words: readonly QueryWord[];
  readonly total: number;
  readonly items: readonly ExplainedItem[];
}

const NOTHING: SearchExplanation = { words: [], total: 0, items: [] };

/**
 * Tells staff why products are where they are in a list by relevance. The list is worked out by the same
 * code over the same products as in a commerce replica, and the points of an explanation add up to what it is
 * sorted by.
 */
@Injectable()
export class SearchExplainer {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly categories: CategoryTreeViewRepository,
    private readonly source: CatalogIndexSource,
    private readonly rules: SearchRuleViewRepository,
    private readonly indexes: ExplainedIndex,
  ) {}

  /**
   * Throws `catalog.store-not-found`, `catalog.locale-unknown`, `catalog.currency-unknown`, `catalog.category-not-found`,
   * `catalog.product-not-found` for one that is not published in the store, `search.index-not-ready`.
   */
  async explain(query: ExplainedQuery): Promise<SearchExplanation> {
    const stored = await this.stores.getByCode(this.database, query.storeCode);
    const { store, locale, currency } = sightOf(stored, query.locale, query.currency);
    const tree = await this.categories.tree(store, locale);
    const categoryIds = subtree(tree, query.category);
    const lexicon = await this.lexicon(store, locale, tree);
    const selection = composeSelection(query.filter, { locale, currency }, categoryIds, lexicon);
    const index = await this.indexes.ready(store.code);
    if (query.productId !== undefined && !index.holds(query.productId)) {
      throw catalogErrors.productNotFound({ details: { id: query.productId } });
    }
    if (selection === undefined) return NOTHING;
    const ids = idsOf(index, selection, locale, query);
    const products = ids.length === 0 ? [] : await this.source.some(store, ids);
    return {
      words: selection.words,
      total: index.total(selection),
      items: explained(index, selection, ids, products).map(({ product, ...explanation }) => ({
        ...explanation,
        name: product.names[locale] ?? '',
      })),
    };
  }

  private async lexicon(store: Store, locale: string, tree: CategoryTree): Promise<QueryLexicon> {
    const rules = compileRules(rulesIn(await this.rules.list(store.id), locale));
    const names = LabelIndex.of(CategoryNames.labelsOf(tree), languageOf(locale));
    return { rules, categories: new CategoryNames(tree, await runStepwise(names)) };
  }
}

function subtree(
  { idsBySlug, places }: CategoryTree,
  slug: string | undefined,
): readonly string[] | undefined {
  if (slug === undefined) return undefined;
  const place = places[idsBySlug[slug] ?? ''];
  if (place === undefined) throw catalogErrors.categoryNotFound({ details: { slug } });
  return place.subtreeIds;
}

function idsOf(
  index: StoreIndex,
  selection: SearchSelection,
  locale: string,
  { productId, limit }: ExplainedQuery,
): readonly string[] {
  if (productId !== undefined) return [productId];
  return index.page(selection, { locale, sort: 'relevance', limit, after: undefined }).ids;
}

/** What was changed since the index was asked is left out. */
function explained(
  index: StoreIndex,
  selection: SearchSelection,
  ids: readonly string[],
  products: readonly IndexedProduct[],
): (PlacedExplanation & { readonly product: IndexedProduct })[] {
  const byId = new Map(products.map((product) => [product.id, product]));
  return ids.flatMap((id) => {
    const product = byId.get(id);
    const explanation = product === undefined ? undefined : index.explain(selection, product);
    return product === undefined || explanation === undefined ? [] : [{ ...explanation, product }];
  });
}
