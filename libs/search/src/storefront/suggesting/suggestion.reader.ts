import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader, type LoadContext } from '#libs/cache';
import {
  CategoryTreeReader,
  ProductCardReader,
  type CategoryTree,
  type ProductCard,
} from '#libs/catalog';
import type { FoundLabel, Label } from '../../model/index/label-index.js';
import type { SearchSelection } from '../../model/query/search-query.js';
import { composeSelection } from '../../model/query/compose-selection.js';
import type { QueryLexicon } from '../../model/query/query-lexicon.js';
import { queriesBeginningWith } from '../../model/queries/popular-queries.js';
import { SEARCH_ENGINE, type SearchEngine, type SelectingQuery } from '../engine/search-engine.js';
import type { ValueCount } from '../listing/attribute-counts.js';
import type { CategoryCount } from '../listing/product-facets.js';
import { focusFields, type ListFocus } from '../listing/product-query.js';
import { QueryLexiconReader } from '../listing/query-lexicon.reader.js';
import { SelectionReader } from '../listing/selection.reader.js';
import { PopularQueriesReader } from '../queries/popular-queries.reader.js';
import { LabelIndexes } from './label-indexes.js';
import { StoreCountsReader, type StoreCounts } from './store-counts.reader.js';

/** What was typed so far, and how many of each kind are wanted. */
export interface SuggestionKey extends ListFocus {
  readonly q: string;
  readonly limit: number;
}

export interface Suggestions {
  /** Best first, as a search ranks them. */
  readonly products: readonly ProductCard[];
  /** Those with products; best answer first, then most products. */
  readonly categories: readonly CategoryCount[];
  readonly brands: readonly ValueCount[];
  /** What others have searched for and found something, most popular first. */
  readonly queries: readonly string[];
}

interface FoundSuggestions extends Omit<Suggestions, 'products'> {
  readonly productIds: readonly string[];
}

const TTL_MS = 5 * 60_000;
const NOTHING: FoundSuggestions = { productIds: [], categories: [], brands: [], queries: [] };
/** Popular queries that are looked at for each that is suggested. */
const LOOKED_AT = 3;

/**
 * What a search box shows at each key press: products, and the categories and brands whose own name
 * answers what was typed. Everything is as fresh as lists are.
 */
@Injectable()
export class SuggestionReader {
  private readonly reader: CachedReader<SuggestionKey, FoundSuggestions>;
  private readonly labels = new LabelIndexes();

  constructor(
    cache: CoherentCache,
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
    private readonly selections: SelectionReader,
    private readonly counts: StoreCountsReader,
    private readonly categories: CategoryTreeReader,
    private readonly cards: ProductCardReader,
    private readonly popular: PopularQueriesReader,
    private readonly lexicons: QueryLexiconReader,
  ) {
    this.reader = cache.reader<SuggestionKey, FoundSuggestions>({
      name: 'search.suggestions',
      key: jsonKey<SuggestionKey>({ ...focusFields, q: z.string(), limit: z.number() }, (key) => ({
        ...key,
        q: key.q.trim(),
      })),
      load: (key, context) => this.load(key, context),
      isFromMemory: true,
      ttlMs: TTL_MS,
      maxEntries: 20_000,
    });
  }

  /** Throws `search.index-not-ready`. The key's store, language and currency must exist. */
  async get(key: SuggestionKey): Promise<Suggestions> {
    if (!this.reader.holds(key)) await this.engine.turn();
    const { productIds, ...labels } = (await this.reader.get(key)) ?? NOTHING;
    return { products: await this.cards.list(key, productIds), ...labels };
  }

  private async load(key: SuggestionKey, context: LoadContext): Promise<FoundSuggestions> {
    const { storeCode, locale, currency, q, limit } = key;
    const filter = { q, brands: [], attributes: {} };
    const list = { storeCode, locale, currency, filter };
    const selection = await this.selections.open(list, context, 'relevance');
    if (selection === undefined) return NOTHING;
    const tree = await this.categories.tree(storeCode, locale);
    const counts = await this.counts.get({ storeCode, currency });
    const lexicon = await this.lexicons.get(key);
    const foundCategories = findCategories(
      key,
      lexicon.categories?.find(selection) ?? [],
      tree,
      counts,
    );
    const foundBrands = await this.findBrands(key, selection, counts);
    const popular = await this.popular.get(storeCode, locale);
    const popularOnes = queriesBeginningWith(popular, q, lexicon.rules.hidden).slice(
      0,
      LOOKED_AT * limit,
    );
    const search = await this.engine.open(storeCode, context);
    const page = { locale, sort: 'relevance', limit, after: undefined } as const;
    // Asked in one step, so both are of one state of the products.
    const [{ ids }, queries] = await Promise.all([
      search.page(selection, page),
      search.firstAnswered(selecting(popularOnes, key, lexicon), limit),
    ]);
    return { productIds: ids, categories: foundCategories, brands: foundBrands, queries };
  }

  private async findBrands(
    { storeCode, currency, limit }: SuggestionKey,
    selection: SearchSelection,
    { brands }: StoreCounts,
  ): Promise<ValueCount[]> {
    const group = `brands ${storeCode} ${currency}`;
    const index = await this.labels.of(group, brands, brandLabels, undefined);
    return best(index.find(selection), limit, ({ key }) => brands.get(key) ?? 0).map(
      ({ key, count }) => ({ value: key, count }),
    );
  }
}

/** What each query selects, worked out when it is looked at. */
function* selecting(
  queries: readonly string[],
  focus: ListFocus,
  lexicon: QueryLexicon,
): Generator<SelectingQuery> {
  for (const query of queries) {
    const filter = { q: query, brands: [], attributes: {} };
    const selection = composeSelection(filter, focus, undefined, lexicon);
    if (selection !== undefined) yield { query, selection };
  }
}

function findCategories(
  { limit }: SuggestionKey,
  found: readonly FoundLabel[],
  { places }: CategoryTree,
  { categories }: StoreCounts,
): CategoryCount[] {
  return best(found, limit, ({ key }) =>
    (places[key]?.subtreeIds ?? []).reduce((sum, id) => sum + (categories.get(id) ?? 0), 0),
  ).flatMap(({ key, count }) => {
    const place = places[key];
    if (place === undefined) return [];
    const { id, slug, name } = place.branch;
    return [{ id, slug, name, count }];
  });
}

function brandLabels(brands: ReadonlyMap<string, number>): Label[] {
  return [...brands.keys()].map((name) => ({ key: name, name }));
}

/** The best answers with products; of the same score those with the most. */
function best(
  found: readonly FoundLabel[],
  limit: number,
  countOf: (label: FoundLabel) => number,
): (FoundLabel & { readonly count: number })[] {
  return found
    .map((label) => ({ ...label, count: countOf(label) }))
    .filter(({ count }) => count > 0)
    .sort(
      (one, other) =>
        other.score - one.score || other.count - one.count || (one.name < other.name ? -1 : 1),
    )
    .slice(0, limit);
}
