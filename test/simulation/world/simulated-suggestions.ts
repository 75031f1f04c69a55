import type { CachedReader } from '../../../libs/cache/src/core/reading/cached-reader.js';
import type { CoherentCache } from '../../../libs/cache/src/coherent-cache.js';
import type { CategoryTreeReader, ProductCard, ProductCardReader } from '#libs/catalog';
import type { StoreReader } from '#libs/stores';
import { NO_LEXICON } from '../../../libs/search/src/model/query/query-lexicon.js';
import { MemoryEngine } from '../../../libs/search/src/storefront/engine/memory-engine.js';
import type { SearchEngine } from '../../../libs/search/src/storefront/engine/search-engine.js';
import type { IndexTiming } from '../../../libs/search/src/storefront/following/index-timing.js';
import type { IndexedStores } from '../../../libs/search/src/storefront/following/indexed-stores.js';
import type { QueryLexiconReader } from '../../../libs/search/src/storefront/listing/query-lexicon.reader.js';
import { SelectionReader } from '../../../libs/search/src/storefront/listing/selection.reader.js';
import type { PopularQueriesReader } from '../../../libs/search/src/storefront/queries/popular-queries.reader.js';
import { LabelIndexes } from '../../../libs/search/src/storefront/suggesting/label-indexes.js';
import { StoreCountsReader } from '../../../libs/search/src/storefront/suggesting/store-counts.reader.js';
import { SuggestionReader } from '../../../libs/search/src/storefront/suggesting/suggestion.reader.js';
import { standIn } from '../shop/stand-in.js';
import type { Replica } from './replica.js';
import { ROWS, type RowName } from './settings.js';
import type { Answer, FleetReaders, Part } from './simulated-readers.js';

export const STORE = 'main';
/** In the texts of every product, and in the name of every brand. */
const WORD = 'row';
const KEY = { storeCode: STORE, locale: 'en', currency: 'EUR', q: WORD, limit: ROWS.length };

type State = Omit<Part, 'step'>;

interface SuggestionPorts {
  /** What is shown of a product. */
  readonly known: CachedReader<RowName, Answer>;
  readonly timing: IndexTiming;
}

/**
 * The production suggestions of one replica, on its index. Each row is a product, and a brand whose name
 * says which state of the row it is. Categories and what is popular never change here.
 */
export function suggestionsOf(
  cache: CoherentCache,
  stores: IndexedStores,
  { known, timing }: SuggestionPorts,
): SuggestionReader {
  const memory = new MemoryEngine(stores);
  const engine: SearchEngine = {
    turn: () => Promise.resolve(),
    open: (code, context) => memory.open(code, context),
  };
  const categories = standIn<CategoryTreeReader>({
    tree: () => Promise.resolve({ roots: [], places: {}, idsBySlug: {} }),
  });
  const lexicons = standIn<QueryLexiconReader>({ get: () => Promise.resolve(NO_LEXICON) });
  const shops = standIn<StoreReader>({ get: () => Promise.resolve({} as never) });
  const selections = new SelectionReader(shops, categories, lexicons);
  const cards = standIn<ProductCardReader>({
    list: async (_sight, ids) => {
      const rows = ROWS.filter((row) => ids.includes(idOf(row)));
      const shown = await known.getMany(rows);
      return shown.flatMap((card) => card?.parts ?? []).map(cardOf);
    },
  });
  const popular = standIn<PopularQueriesReader>({ get: () => Promise.resolve(ROWS.map(queryOf)) });
  const suggestions = new SuggestionReader(
    cache,
    engine,
    selections,
    new StoreCountsReader(cache, engine, selections),
    categories,
    cards,
    popular,
    lexicons,
  );
  return Object.assign(suggestions, { labels: new LabelIndexes(timing) });
}

/**
 * Which states of rows are suggested. That is all that is said of them: they count as read at the last step at which the
 * rows were like that.
 */
export function askSuggestions(
  { cache, readers }: Replica<FleetReaders>,
  row: RowName,
  lastOf: (row: RowName, revision: number) => number | undefined,
): Promise<Answer | undefined> {
  return cache.whole(async () => {
    const { products, brands, queries } = await readers.suggestions.get(KEY);
    const states = [...products.map(({ name }) => name), ...brands.map(({ value }) => value)].map(
      stateOf,
    );
    const kinds = [
      products.map(({ id }) => id),
      brands.map(({ value }) => idOf(stateOf(value).row)),
      ROWS.filter((each) => queries.includes(queryOf(each))).map(idOf),
    ];
    const missing = ROWS.filter((each) => {
      const having = kinds.filter((ids) => ids.includes(idOf(each)));
      return having.length > 0 && having.length < kinds.length;
    });
    const parts = states.map((state) => ({
      ...state,
      step: lastOf(state.row, state.revision) ?? -1,
    }));
    const isThere = missing.length > 0 || parts.some((part) => part.row === row);
    return isThere ? { parts, missing, isFromStale: false } : undefined;
  });
}

export function idOf(row: RowName): string {
  return `00000000-0000-7000-8000-${String(ROWS.indexOf(row)).padStart(12, '0')}`;
}

export function queryOf(row: RowName): string {
  return `${WORD} ${row}`;
}

/** What the brand of a row is called. */
export function textOf({ row, revision }: State): string {
  return `${queryOf(row)} ${revision}`;
}

function stateOf(text: string): State {
  const [, name, revision] = text.split(' ');
  const row = ROWS.find((each) => each === name);
  if (row === undefined) throw new Error(`${text} is no row`);
  return { row, revision: Number(revision) };
}

function cardOf(part: Part): ProductCard {
  const texts = { id: idOf(part.row), slug: part.row, name: textOf(part) };
  return { ...texts, brand: null, image: null, price: null, isAvailable: true };
}
