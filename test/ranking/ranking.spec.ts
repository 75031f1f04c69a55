import { describe, expect, it } from '@jest/globals';
import { MAX_POPULARITY } from '#libs/catalog';
import type { IndexedProduct } from '../../libs/search/src/model/index/indexed-product.js';
import { storeIndexOf } from '../../libs/search/test/indexed-products.js';
import { demoCatalog, demoCategories } from './demo-catalog.js';
import { demoJudgements } from './demo-judgements.js';
import { judge, mean, type Grade, type JudgedQuery } from './judged-query.js';
import { madeCatalog } from './made-catalog.js';

const SEED = 20_260_101;
const PRODUCTS = 3_000;
/** What the ranking reaches is a little above; without weights, typing errors or phrases it is below. */
const DEMO_FLOOR = 0.97;
const MADE_FLOOR = 0.98;
/** Whatever is popular, what is asked for comes first: with popularity that has nothing to do with it. */
const POPULAR_DEMO_FLOOR = 0.97;
const POPULAR_MADE_FLOOR = 0.97;

/** With the worst queries, for the message of a failure. */
function verdictOf(scores: ReadonlyMap<string, number>, floor: number) {
  const worst = [...scores].sort(([, one], [, other]) => one - other).slice(0, 5);
  const average = mean(scores.values());
  return { isGood: average >= floor, average, worst };
}

/** Each level as often as any other. */
function anyhowPopular(products: readonly IndexedProduct[]): IndexedProduct[] {
  return products.map((product, number) => ({
    ...product,
    popularity: (number * 7) % (1 + MAX_POPULARITY),
  }));
}

describe('the ranking, by nDCG@10', () => {
  it('answers the judged queries of the demo shop', () => {
    const products = demoCatalog();
    const scores = judge(storeIndexOf(products), products, demoJudgements, {
      en: demoCategories('en'),
      de: demoCategories('de'),
    });
    const verdict = verdictOf(scores, DEMO_FLOOR);
    expect(verdict).toEqual({ ...verdict, isGood: true });
  });

  it('has what is ordered more first where nothing else tells, and what is meant before it', () => {
    const products = anyhowPopular(demoCatalog());
    const index = storeIndexOf(products);
    const isTyre = ({ names }: IndexedProduct) => names['en']?.endsWith('Winter Tyre') === true;
    const most = Math.max(...products.filter(isTyre).map(({ popularity }) => popularity));
    const gradeOf = (product: IndexedProduct): Grade =>
      isTyre(product) && product.popularity === most ? 3 : 0;
    const categories = { en: demoCategories('en'), de: demoCategories('de') };
    const query: JudgedQuery = { q: 'winter tyre', locale: 'en', gradeOf };
    expect([...judge(index, products, [query], categories).values()]).toEqual([1]);
    const verdict = verdictOf(
      judge(index, products, demoJudgements, categories),
      POPULAR_DEMO_FLOOR,
    );
    expect(verdict).toEqual({ ...verdict, isGood: true });
  });

  it('has what is meant before what is ordered more in a larger catalog, too', () => {
    const { queries, categories, ...made } = madeCatalog(PRODUCTS, SEED);
    const products = anyhowPopular(made.products);
    const names = { en: categories, de: categories };
    const scores = judge(storeIndexOf(products), products, queries, names);
    const verdict = verdictOf(scores, POPULAR_MADE_FLOOR);
    expect(verdict).toEqual({ ...verdict, isGood: true });
  });

  it('answers the queries over a larger catalog that was made', () => {
    const { products, queries, categories } = madeCatalog(PRODUCTS, SEED);
    const names = { en: categories, de: categories };
    const scores = judge(storeIndexOf(products), products, queries, names);
    const verdict = verdictOf(scores, MADE_FLOOR);
    expect(verdict).toEqual({ ...verdict, isGood: true });
  });
});
