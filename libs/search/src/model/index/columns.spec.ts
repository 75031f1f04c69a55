import { expect, it } from '@jest/globals';
import { valueColumn } from './columns.js';
import { finish } from '../../../test/indexed-products.js';

it.each([
  [65_535, Uint16Array],
  [65_536, Uint32Array],
])('numbers %i values in as few bytes as they need', (count, kind) => {
  const texts = Array.from({ length: count }, (_, index) => `brand ${index}`);
  const { values, ordinals } = finish(valueColumn([null, ...texts, 'brand 0']));
  expect(ordinals).toBeInstanceOf(kind);
  expect([values.length, ordinals[0], ordinals[1]]).toEqual([count, 0, 1]);
  expect([...ordinals.slice(-2)]).toEqual([count, 1]);
});
