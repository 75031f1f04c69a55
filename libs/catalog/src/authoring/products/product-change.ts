import type { Store } from '#libs/stores';
import { catalogTags } from '../../model/catalog.tags.js';
import { withAncestors, type CategoryNode } from '../../model/category.js';
import type { ProductRows, ProductTable } from './product-rows.js';
import { pricesOf, stockOf, type ProductSheet } from '../../model/product-sheet.js';

/** One product before and after a unit of work; absent before it was created or after its removal. */
export interface ProductChange {
  readonly before: ProductSheet | undefined;
  readonly after: ProductSheet | undefined;
  readonly rowsBefore: ProductRows;
  readonly rowsAfter: ProductRows;
}

/** What membership, order and facets of lists depend on, beside the head row and the names. */
const listTables: readonly ProductTable[] = [
  'product_listing_price',
  'product_term',
  'product_attribute',
];

/** True when the change writes anything. */
export function isChanged(change: ProductChange): boolean {
  const { before, after, rowsBefore, rowsAfter } = change;
  if (before === undefined || after === undefined) return before !== after;
  return (
    before.slug !== after.slug ||
    before.status !== after.status ||
    before.brand !== after.brand ||
    before.categoryId !== after.categoryId ||
    before.sourceKey !== after.sourceKey ||
    before.sourceHash !== after.sourceHash ||
    JSON.stringify(rowsBefore) !== JSON.stringify(rowsAfter) ||
    JSON.stringify([...pricesOf(before)]) !== JSON.stringify([...pricesOf(after)]) ||
    JSON.stringify([...stockOf(before)]) !== JSON.stringify([...stockOf(after)])
  );
}

/** True when a list that shows the product, or did, may show another selection or order. */
function changesLists({ before, after, rowsBefore, rowsAfter }: ProductChange): boolean {
  const wasListed = before?.status === 'active';
  const isListed = after?.status === 'active';
  if (!wasListed && !isListed) return false;
  if (wasListed !== isListed) return true;
  return (
    before?.brand !== after?.brand ||
    before?.categoryId !== after?.categoryId ||
    JSON.stringify(namesOf(before)) !== JSON.stringify(namesOf(after)) ||
    listTables.some(
      (table) => JSON.stringify(rowsBefore[table]) !== JSON.stringify(rowsAfter[table]),
    )
  );
}

/** What it is shown and sorted as, by language. */
function namesOf(product: ProductSheet | undefined): readonly (readonly [string, string])[] {
  return Object.entries(product?.texts ?? {})
    .map(([locale, { name }]) => [locale, name] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Whether the products related to this one, or it to others, may be different now. */
export function changesRelations({ before, after, rowsBefore, rowsAfter }: ProductChange): boolean {
  return (
    before?.brand !== after?.brand ||
    before?.categoryId !== after?.categoryId ||
    (before?.status === 'active') !== (after?.status === 'active') ||
    JSON.stringify(rowsBefore.product_attribute) !== JSON.stringify(rowsAfter.product_attribute)
  );
}

/**
 * The cache tags of the catalog that a change makes void. Every change names its product, also one that
 * is new: an index of products learns of it by that. A change of text names the product alone; lists
 * are named only when their selection or order may change.
 */
export function tagsOf(
  store: Store,
  categories: ReadonlyMap<string, CategoryNode>,
  change: ProductChange,
): string[] {
  const { before, after } = change;
  const tags: string[] = [];
  const id = before?.id ?? after?.id;
  if (id !== undefined) tags.push(catalogTags.product(id));
  for (const name of ['slug', 'sourceKey'] as const) {
    if (before?.[name] === after?.[name]) continue;
    for (const text of [before?.[name], after?.[name]]) {
      if (typeof text === 'string') tags.push(catalogTags.slug(store.code, text));
    }
  }
  if (changesLists(change)) {
    tags.push(catalogTags.storeProducts(store.code));
    for (const categoryId of new Set([before?.categoryId, after?.categoryId])) {
      if (categoryId === undefined || categoryId === null) continue;
      tags.push(...withAncestors(categories, categoryId).map(catalogTags.categoryProducts));
    }
  }
  return tags;
}
