import type { IndexedProduct } from '../../libs/search/src/model/index/indexed-product.js';
import type { StoreIndex } from '../../libs/search/src/model/index/store-index.js';
import type { CategoryNames } from '../../libs/search/src/model/index/category-names.js';
import { pageOf, selectionOf } from '../../libs/search/test/indexed-products.js';
import { ndcg } from './ndcg.js';

/** 3: what is wanted; 2: nearly; 1: better than nothing; 0: in the way. */
export type Grade = 0 | 1 | 2 | 3;

export interface JudgedQuery {
  readonly q: string;
  readonly locale: 'en' | 'de';
  readonly gradeOf: (product: IndexedProduct) => Grade;
}

const DEPTH = 10;

/** nDCG@10 of each query. */
export function judge(
  index: StoreIndex,
  products: readonly IndexedProduct[],
  queries: readonly JudgedQuery[],
  categories: Readonly<Record<JudgedQuery['locale'], CategoryNames>>,
): Map<string, number> {
  const byId = new Map(products.map((product) => [product.id, product]));
  return new Map(
    queries.map(({ q, locale, gradeOf }) => {
      const page = pageOf({ sort: 'relevance', limit: DEPTH, locale });
      const { ids } = index.page(
        selectionOf({ q, locale, currency: 'EUR', categories: categories[locale] }),
        page,
      );
      const answered = ids.map((id) => gradeOf(byId.get(id) as IndexedProduct));
      return [q, ndcg(answered, products.map(gradeOf), DEPTH)] as const;
    }),
  );
}

export function mean(values: Iterable<number>): number {
  const all = [...values];
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}
