import {
  buildCategoryTree,
  type CategoryTreeRow,
} from '../../catalog/src/storefront/category-tree.js';
import type { IndexedProduct, SearchedText } from '../src/model/index/indexed-product.js';
import { StoreIndex } from '../src/model/index/store-index.js';
import { CategoryNames } from '../src/model/index/category-names.js';
import { LabelIndex } from '../src/model/index/label-index.js';
import { parseQuery } from '../src/model/query/parse-query.js';
import { NO_LEXICON } from '../src/model/query/query-lexicon.js';
import type { SearchPage, SearchSelection } from '../src/model/query/search-query.js';
import { languageOf } from '../src/model/text/language.js';

/** The n-th id. */
export function idAt(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function indexed(number: number, changes: Partial<IndexedProduct> = {}): IndexedProduct {
  return {
    id: idAt(number),
    names: { en: `Product ${number}` },
    texts: [],
    brand: null,
    categoryId: null,
    attributes: [],
    prices: { EUR: [1_000] },
    availability: 'in-stock',
    createdAt: number,
    publishedAt: number,
    popularity: 0,
    ...changes,
  };
}

/** A product that is found by its name alone. */
export function named(number: number, name: string, ...texts: SearchedText[]): IndexedProduct {
  return indexed(number, { names: { en: name }, texts: [{ field: 'name', text: name }, ...texts] });
}

export function selectionOf(
  changes: Partial<SearchSelection> & {
    readonly q?: string;
    readonly locale?: string;
    readonly categories?: CategoryNames;
  } = {},
): SearchSelection {
  const { q, locale = 'en', categories, ...rest } = changes;
  const language = languageOf(locale);
  return {
    words: q === undefined ? [] : parseQuery(q, language, { ...NO_LEXICON, categories }),
    languageCode: language?.code,
    currency: 'EUR',
    categoryIds: undefined,
    brands: [],
    attributes: {},
    ranges: {},
    sinceDay: undefined,
    minPriceMinor: undefined,
    maxPriceMinor: undefined,
    isAvailable: false,
    ...rest,
  };
}

export function pageOf(changes: Partial<SearchPage> = {}): SearchPage {
  return { locale: 'en', sort: 'name', limit: 100, after: undefined, ...changes };
}

/** Categories as they are called in one language. */
export function categoryNames(rows: readonly CategoryTreeRow[], locale = 'en'): CategoryNames {
  const tree = buildCategoryTree(rows);
  const labels = LabelIndex.of(CategoryNames.labelsOf(tree), languageOf(locale));
  return new CategoryNames(tree, finish(labels));
}

/** Does all steps at once. */
export function finish<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

export function storeIndexOf(products: readonly IndexedProduct[]): StoreIndex {
  const languages = ['en', 'de'].flatMap((code) => languageOf(code) ?? []);
  const index = new StoreIndex(languages);
  finish(
    index.change(
      products.map(({ id }) => id),
      products,
    ),
  );
  return index;
}
