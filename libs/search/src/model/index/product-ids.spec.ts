import { expect, it } from '@jest/globals';
import { finish, idAt } from '../../../test/indexed-products.js';
import { ProductIds } from './product-ids.js';

const of = (...numbers: number[]): ProductIds => {
  const ids = numbers.map((number) => idAt(number));
  return finish(ProductIds.of(ids, Uint32Array.from(ids.keys())));
};

it('has the order of ids once where products are in it, as when a store is loaded', () => {
  const { order, ranks } = of(1, 2, 3);
  expect([...order]).toEqual([0, 1, 2]);
  expect(ranks).toBe(order);
});

it('has places beside an order that is another one', () => {
  const { order, ranks } = of(3, 1, 2);
  expect([[...order], [...ranks]]).toEqual([
    [1, 2, 0],
    [2, 0, 1],
  ]);
});
