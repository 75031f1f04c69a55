import { expect, it } from '@jest/globals';
import { indexed } from '../../../test/indexed-products.js';
import { sampleProducts } from '../../../test/sample-products.js';
import { flattened, unflattened } from './flat-products.js';

it('are the same products again', () => {
  const products = [
    ...sampleProducts(),
    indexed(100, { names: {}, prices: {} }),
    indexed(101, { prices: { EUR: [], USD: [1, 2.5, 3] }, brand: '', categoryId: null }),
  ];
  expect([...unflattened(flattened(products))]).toEqual(products);
  expect([...unflattened(flattened([]))]).toEqual([]);
});
