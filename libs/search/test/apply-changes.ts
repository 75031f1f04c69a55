import type { IndexedProduct } from '../src/model/index/indexed-product.js';
import type { StoreIndex } from '../src/model/index/store-index.js';
import type { Change } from './arbitrary-searches.js';
import { finish, idAt } from './indexed-products.js';
import { tidied } from './merged.js';

/** Makes the changes in an index that held nothing of these products, and returns what it holds of them then. */
export function applyChanges(index: StoreIndex, changes: readonly Change[]): IndexedProduct[] {
  const held = new Map<string, IndexedProduct>();
  for (const { products, gone, isTidied } of changes) {
    const kept = products.filter(({ id }) => !gone.map(idAt).includes(id));
    const ids = [...gone.map(idAt), ...kept.map(({ id }) => id)];
    for (const id of ids) held.delete(id);
    for (const each of kept) held.set(each.id, each);
    finish(index.change(ids, kept));
    if (isTidied) finish(tidied(index));
  }
  return [...held.values()];
}
