import { expect, it } from '@jest/globals';
import type { CoherentCache, ReaderPolicy } from '#libs/cache';
import { PriceReader, type PriceKey } from './price.reader.js';

it('leads the text of a key back to it, and other texts to none', () => {
  const policies: ReaderPolicy<PriceKey, unknown>[] = [];
  const cache = {
    reader: (policy: ReaderPolicy<PriceKey, unknown>) => policies.push(policy),
  } as unknown as CoherentCache;
  expect(new PriceReader(cache, undefined as never)).toBeDefined();
  const [policy] = policies;
  const key = { storeId: 'a-store', currency: 'EUR', productId: 'a-product' };
  expect(policy?.keyOf?.(policy.key(key))).toEqual(key);
  for (const text of ['', 'a/b', 'a/b/c/d']) expect(policy?.keyOf?.(text)).toBeUndefined();
});
