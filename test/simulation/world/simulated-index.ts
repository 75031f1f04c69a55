import type { CoherentCache } from '../../../libs/cache/src/coherent-cache.js';
import type { Follower } from '../../../libs/cache/src/core/following/follower.js';
import type { CachedReader } from '../../../libs/cache/src/core/reading/cached-reader.js';
import { Load } from '../../../libs/cache/src/core/loads/load.js';
import { parseQuery } from '../../../libs/search/src/model/query/parse-query.js';
import { searchTags } from '../../../libs/search/src/model/search.tags.js';
import type { IndexedProduct } from '../../../libs/search/src/model/index/indexed-product.js';
import type { StoreIndex } from '../../../libs/search/src/model/index/store-index.js';
import type { IndexedStore } from '../../../libs/search/src/storefront/following/indexed-store.js';
import { IndexedStores } from '../../../libs/search/src/storefront/following/indexed-stores.js';
import type { IndexSource } from '../../../libs/search/src/storefront/following/index-source.js';
import {
  IndexKeeper,
  type KeptLog,
} from '../../../libs/search/src/storefront/keeping/index-keeper.js';
import type { IndexShelf } from '../../../libs/search/src/storefront/keeping/index-shelf.js';
import { StepwiseMerger } from '../../../libs/search/src/storefront/merging/stepwise-merger.js';
import type { SuggestionReader } from '../../../libs/search/src/storefront/suggesting/suggestion.reader.js';
import { finish } from '../../../libs/search/test/indexed-products.js';
import type { Agenda, Lane } from '../engine/agenda.js';
import { LaneScheduler } from './lane-time.js';
import { ROWS, rowOfTag, type RowName } from './settings.js';
import { isApart, type Answer, type Part, type ReaderSource } from './simulated-readers.js';
import { STORE, idOf, queryOf, suggestionsOf, textOf } from './simulated-suggestions.js';

/** What a row was read as. */
const READ = 'read';
/** Shorter than a load may take: a search that waits is refused by the index, not by the cache. */
const WAIT_MS = 2_500;
const FAILURE_PAUSE_MS = 500;

export interface IndexSurroundings {
  readonly agenda: Agenda;
  readonly lane: Lane;
  readonly follower: Follower;
  /** What earlier processes have kept, here or elsewhere in the site. */
  readonly shelf: IndexShelf;
  readonly log: KeptLog;
  readonly keepEveryMs: number;
  /** Nothing has changed of the row since it was read. */
  readonly isCurrent: (part: Part) => boolean;
}

/** The index of one replica, and what is answered from it. */
export interface SimulatedIndex {
  /** The rows that exist. */
  readonly listed: CachedReader<RowName, Answer>;
  /** What a search box shows for what is in the text of every row. */
  readonly suggestions: SuggestionReader;
}

/** The production index of a store whose products are the rows of this world, with readers in front of it. */
export function simulatedIndex(
  cache: CoherentCache,
  source: ReaderSource,
  known: CachedReader<RowName, Answer>,
  surroundings: IndexSurroundings,
): SimulatedIndex {
  const { agenda, lane, follower, shelf, log, keepEveryMs } = surroundings;
  const scheduler = new LaneScheduler(agenda, lane);
  const timing = {
    nowMs: () => agenda.nowMs,
    after: (ms: number, task: () => void) => scheduler.after(ms, task),
    breathe: () => new Promise<void>((resolve) => void scheduler.after(1, resolve)),
  };
  const keeper = new IndexKeeper({
    shelf,
    log: logOfProducts(log),
    watermark: () => follower.watermark,
    timing,
    report: (code, { kind }) => agenda.note(`${lane.name}: what was kept of ${code}: ${kind}`),
  });
  const stores = new IndexedStores(
    (code) => ({
      source: rowsAsProducts(source),
      revive: async (ofCode, store) => {
        const loaded = await keeper.revive(ofCode, store);
        if (loaded !== undefined) confirmParts(loaded.index, surroundings);
        return loaded;
      },
      merger: new StepwiseMerger(timing),
      follow: () => follower.followNow(),
      sequence: () => cache.sequence,
      timing,
      reportFailure: () => agenda.note(`${lane.name}: the index of ${code} cannot be loaded`),
      signal: new AbortController().signal,
      waitMs: WAIT_MS,
      failurePauseMs: FAILURE_PAUSE_MS,
    }),
    Infinity,
  );
  cache.listen({
    applied: (tags) => {
      const named = tags.flatMap(asOfProducts);
      const ofProducts = named.filter((tag) => !tags.includes(tag));
      return [...ofProducts, ...stores.applied(named)];
    },
    cleared: () => stores.cleared(),
  });
  const store = stores.of(STORE);
  const keepLater = (): void => {
    scheduler.after(keepEveryMs, () => {
      void keeper.keep(store, 0, new AbortController().signal).finally(keepLater);
    });
  };
  keepLater();
  return {
    listed: listedReader(cache, source, store),
    suggestions: suggestionsOf(cache, stores, { known, timing }),
  };
}

/** A list has every row that exists, so that a row it lacks, or has in an old state, is seen. */
function listedReader(
  cache: CoherentCache,
  source: ReaderSource,
  store: IndexedStore,
): CachedReader<RowName, Answer> {
  return cache.reader<RowName, Answer>({
    name: 'listed',
    key: {
      textOf: (row) => row,
      keyOf: (text) => ROWS.find((row) => row === text),
    },
    isSame: (one, other) => shown(one) === shown(other),
    isFromMemory: true,
    isHeldWhenAskedAgain: true,
    ttlMs: source.settings.ttlMs,
    refreshWindowMs: source.settings.refreshWindowMs,
    negativeTtlMs: source.settings.ttlMs,
    loadTimeoutMs: source.settings.loadTimeoutMs,
    maxEntries: source.settings.maxEntries,
    load: async (row, context) => {
      context.tag(searchTags.texts(STORE));
      // What is made for one answer and not held is no load, and may be made twice.
      const isLoad = context instanceof Load;
      const ended =
        isApart() || !isLoad
          ? undefined
          : source.watch.started(source.replica, `listed:${row}`, () => context.signal.aborted);
      try {
        const index = await store.ready(context.signal);
        context.readMemoryAt(store.sequence);
        const parts = partsIn(index);
        return parts.some((part) => part.row === row) ? { parts, isFromStale: false } : undefined;
      } finally {
        ended?.();
      }
    },
  });
}

/**
 * The rules look at when something was read. What was kept was read by an earlier process: where reading it now would give the
 * same, it counts as read now; where the log should have told of a change and was not heeded, it stays as old as it is.
 */
function confirmParts(index: StoreIndex, { agenda, isCurrent }: IndexSurroundings): void {
  const current = partsIn(index).filter(isCurrent);
  const ids = current.map(({ row }) => idOf(row));
  const products = current.map((part) => productOf({ ...part, step: agenda.step }));
  finish(index.change(ids, products));
}

/** Each row with a statement of its own, as a product is read with several. */
function rowsAsProducts({ readRows }: ReaderSource): IndexSource {
  const products = async (rows: readonly RowName[]): Promise<IndexedProduct[]> => {
    const found = await Promise.all(rows.map((row) => readRows([row])));
    return found.flat().flatMap((part) => (part === undefined ? [] : [productOf(part)]));
  };
  return {
    findStore: () => Promise.resolve({ id: STORE, locales: ['en'], defaultLocale: 'en' }),
    page: (_store, afterId, limit) =>
      products(ROWS.filter((row) => idOf(row) > afterId).slice(0, limit)),
    some: (_store, ids) => products(ROWS.filter((row) => ids.includes(idOf(row)))),
  };
}

/** It says which state of the row it is, in its brand, and when that was read. */
function productOf({ row, revision, step }: Part): IndexedProduct {
  return {
    id: idOf(row),
    names: { en: row },
    texts: [{ field: 'name', text: queryOf(row) }],
    brand: textOf({ row, revision }),
    categoryId: null,
    attributes: [{ code: READ, value: [row, revision, step].join(' ') }],
    prices: { EUR: [revision] },
    availability: 'in-stock',
    createdAt: 0,
    publishedAt: 0,
    popularity: 0,
  };
}

function partsIn(index: StoreIndex): Part[] {
  const { attributes } = index.facets({
    words: parseQuery('', undefined),
    languageCode: 'en',
    currency: 'EUR',
    categoryIds: undefined,
    brands: [],
    attributes: {},
    ranges: {},
    sinceDay: undefined,
    minPriceMinor: undefined,
    maxPriceMinor: undefined,
    isAvailable: false,
  });
  return [...(attributes.get(READ)?.keys() ?? [])].sort().flatMap((value) => {
    const [name, revision, step] = value.split(' ');
    const row = ROWS.find((each) => each === name);
    return row === undefined ? [] : [{ row, revision: Number(revision), step: Number(step) }];
  });
}

function logOfProducts(log: KeptLog): KeptLog {
  return {
    readAfter: async (position, limit) => {
      const { records, ...bounds } = await log.readAfter(position, limit);
      const named = records.map((row) => ({ ...row, tags: row.tags.flatMap(asOfProducts) }));
      return { ...bounds, records: named };
    },
    newestUpTo: async (position) => {
      const row = await log.newestUpTo(position);
      return row === undefined ? undefined : { ...row, tags: row.tags.flatMap(asOfProducts) };
    },
  };
}

/** What the catalog names when a product changes; each change may bring it into lists. */
function asOfProducts(tag: string): string[] {
  const row = rowOfTag(tag);
  return row === undefined ? [tag] : [`product:${idOf(row)}`, `store-products:${STORE}`];
}

function shown({ parts }: Answer): string {
  return parts.map(({ row, revision }) => `${row}@${revision}`).join();
}
