import { expect, it } from '@jest/globals';
import { DistinctTexts } from './analysed-product.js';

const MANY = 100;

it('tells of each text of a product once, however many it has', () => {
  const distinct = new DistinctTexts();
  const codes = Array.from({ length: MANY }, (_, number) => `code ${number}`);
  for (const product of ['first', 'second']) {
    distinct.begin();
    for (const isNew of [true, false]) {
      for (const text of [product, ...codes]) {
        expect(distinct.isNew({ field: 'code', text })).toBe(isNew);
      }
    }
    // In another field it weighs something else.
    for (const text of codes) expect(distinct.isNew({ field: 'option', text })).toBe(true);
  }
});
