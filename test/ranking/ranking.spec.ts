import { describe, expect, it } from '@jest/globals';
import { storeIndexOf } from '../../libs/search/test/indexed-products.js';
import { demoCatalog } from './demo-catalog.js';
import { demoJudgements } from './demo-judgements.js';
import { judge, mean } from './judged-query.js';
import { madeCatalog } from './made-catalog.js';

const SEED = 20_260_101;
const PRODUCTS = 3_000;
/** What the ranking reaches is a little above; without weights, typing errors or phrases it is below. */
const DEMO_FLOOR = 0.97;
const MADE_FLOOR = 0.965;

/** With the worst queries, for the message of a failure. */
function verdictOf(scores: ReadonlyMap<string, number>, floor: number) {
  const worst = [...scores].sort(([, one], [, other]) => one - other).slice(0, 5);
  const average = mean(scores.values());
  return { isGood: average >= floor, average, worst };
}

describe('the ranking, by nDCG@10', () => {
  it('answers the judged queries of the demo shop', () => {
    const products = demoCatalog();
    const scores = judge(storeIndexOf(products), products, demoJudgements);
    expect(verdictOf(scores, DEMO_FLOOR)).toMatchObject({ isGood: true });
  });

  it('answers the queries over a larger catalog that was made', () => {
    const { products, queries } = madeCatalog(PRODUCTS, SEED);
    const scores = judge(storeIndexOf(products), products, queries);
    expect(verdictOf(scores, MADE_FLOOR)).toMatchObject({ isGood: true });
  });
});
