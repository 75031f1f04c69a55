// The same products, asked the same by three: the index of Lockstep, MiniSearch, and FTS5 of SQLite.
import { fromDist, requireOfProduct } from '../lib/product.mjs';

const LIMIT = 24;
/** As a replica loads a store. */
const SEGMENT_SIZE = 100_000;

/** Ranked page and facets of a query. */
export async function lockstepContestant() {
  const { StoreIndex } = await fromDist('libs/search/src/model/index/store-index');
  const { mergeSegments } = await fromDist('libs/search/src/model/index/merge-segments');
  const { SegmentBuilder } = await fromDist('libs/search/src/model/index/segment-builder');
  const { parseQuery } = await fromDist('libs/search/src/model/query/parse-query');
  const { languageOf } = await fromDist('libs/search/src/model/text/language');
  const language = languageOf('en');
  const index = new StoreIndex([language]);
  const finish = (work) => {
    let longestMs = 0;
    for (;;) {
      const began = performance.now();
      const step = work.next();
      longestMs = Math.max(longestMs, performance.now() - began);
      if (step.done) return longestMs;
    }
  };
  const mergeInSteps = function* (merge) {
    if (merge === undefined) return;
    index.finishMerge(merge, yield* mergeSegments(merge.sources, merge.languages));
  };
  const selectionOf = (q, changes) => ({
    words: parseQuery(q, language),
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
    ...changes,
  });
  const page = { locale: 'en', sort: 'relevance', limit: LIMIT, after: undefined };
  return {
    name: 'Lockstep',
    build(products) {
      for (let start = 0; start < products.length; start += SEGMENT_SIZE) {
        const builder = new SegmentBuilder([language]);
        for (const product of products.slice(start, start + SEGMENT_SIZE)) builder.add(product);
        finish(index.changeTo([], builder));
      }
      finish(mergeInSteps(index.wholeMerge()));
    },
    change(product) {
      const change = finish(index.change([product.id], [product]));
      return Math.max(change, finish(mergeInSteps(index.dueMerge())));
    },
    ask: (q) => index.page(selectionOf(q), page).ids.length,
    askWithFacets(q, changes) {
      const selection = selectionOf(q, changes);
      return index.page(selection, page).ids.length + index.facets(selection).total;
    },
    list: (changes) => {
      const selection = selectionOf('', changes);
      return (
        index.page(selection, { ...page, sort: 'price' }).ids.length + index.facets(selection).total
      );
    },
    bytes: () => index.bytes,
  };
}

/** Set up as its documentation says, with prefix and typo search; it has no facets. */
export async function miniSearchContestant() {
  const { default: MiniSearch } = await import('minisearch');
  const search = new MiniSearch({
    fields: ['name', 'brand', 'code', 'attribute', 'description'],
    searchOptions: {
      boost: { name: 10, code: 8, brand: 6, attribute: 3 },
      combineWith: 'AND',
      prefix: true,
      fuzzy: (term) => (term.length < 4 ? false : term.length < 8 ? 1 : 2),
    },
  });
  return {
    name: 'MiniSearch',
    build: (products) => search.addAll(products.map(documentOf)),
    ask: (q) => search.search(q).slice(0, LIMIT).length,
    bytes: () => undefined,
  };
}

/** In memory, ranked by bm25, every word a prefix; it has neither facets nor typo tolerance. */
export function fts5Contestant() {
  const Database = requireOfProduct('better-sqlite3');
  const database = new Database(':memory:');
  database.exec(
    `CREATE VIRTUAL TABLE p USING fts5(id UNINDEXED, name, brand, code, attribute, description,
       prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2')`,
  );
  const insert = database.prepare('INSERT INTO p VALUES (?, ?, ?, ?, ?, ?)');
  const select = database.prepare(
    `SELECT id FROM p WHERE p MATCH ? ORDER BY bm25(p, 0, 10, 6, 8, 3, 1) LIMIT ${LIMIT}`,
  );
  return {
    name: 'SQLite FTS5',
    build: database.transaction((products) => {
      for (const product of products) {
        const { id, name, brand, code, attribute, description } = documentOf(product);
        insert.run(id, name, brand, code, attribute, description);
      }
    }),
    ask: (q) =>
      select.all(
        q
          .split(' ')
          .map((word) => `"${word}"*`)
          .join(' AND '),
      ).length,
    bytes: () => database.prepare('PRAGMA page_count').get().page_count * 4_096,
  };
}

function documentOf({ id, texts }) {
  const textOf = (field) =>
    texts
      .filter((each) => each.field === field)
      .map(({ text }) => text)
      .join(' ');
  const [name, brand, code, attribute, description] = [
    'name',
    'brand',
    'code',
    'attribute',
    'description',
  ].map(textOf);
  return { id, name, brand, code, attribute, description };
}
