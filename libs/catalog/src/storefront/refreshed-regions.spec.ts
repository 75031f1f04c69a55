import { REFRESH_WINDOW_MS, StoreReader } from '#libs/stores';
import { expect, it } from '@jest/globals';
import type { CoherentCache, DeclaredReader } from '#libs/cache';
import { CategoryTreeReader } from './category-tree.reader.js';
import { ProductCardReader } from './product-card.reader.js';
import { ProductReader } from './product.reader.js';
import { RelatedProductReader } from './related-product.reader.js';
import { refreshedRegions } from './refreshed-regions.js';

type AnyReader = DeclaredReader<unknown, unknown>;

/** What the readers of the catalog declare, by name. */
function policies(): Map<string, AnyReader> {
  const found = new Map<string, AnyReader>();
  const cache = {
    reader: (policy: AnyReader) => found.set(policy.name, policy),
  } as unknown as CoherentCache;
  const none = undefined as never;
  const readers = [
    new StoreReader(cache, none, none),
    new CategoryTreeReader(cache, none, none),
    new ProductReader(cache, none, none, none, none, none),
    new ProductCardReader(cache, none, none, none, none),
    new RelatedProductReader(cache, none, none, none, none),
  ];
  expect(found.size).toBe(readers.length);
  return found;
}

it('refreshes on order the regions that the orders name, with the window they are made for', () => {
  const windows = [...policies().values()].flatMap(({ name, refreshWindowMs }) =>
    refreshWindowMs === undefined ? [] : [`${name} ${refreshWindowMs}`],
  );
  const wanted = refreshedRegions.map((name) => `${name} ${REFRESH_WINDOW_MS}`);
  expect(windows.toSorted()).toEqual(wanted.toSorted());
});
