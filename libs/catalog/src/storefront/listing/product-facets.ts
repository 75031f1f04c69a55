import type { CategoryTree } from '../category-tree.js';
import type { AttributeCounts, PriceSpan, ValueCount } from './product-facets.repository.js';

export interface CategoryCount {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Products in the category and all below it. */
  readonly count: number;
}

/** How a selection is spread over what it could be narrowed by. */
export interface ProductFacets {
  readonly total: number;
  readonly brands: readonly ValueCount[];
  readonly attributes: readonly AttributeCounts[];
  readonly categories: readonly CategoryCount[];
  readonly price: PriceSpan | null;
}

/** Rolls the counts of single categories up the tree; in tree order, without empty branches. */
export function categoryCounts(
  tree: CategoryTree,
  direct: ReadonlyMap<string, number>,
): CategoryCount[] {
  const counts: CategoryCount[] = [];
  const visit = (ids: readonly string[]): void => {
    for (const id of ids) {
      const place = tree.places[id];
      if (place === undefined) continue;
      const count = place.subtreeIds.reduce((sum, each) => sum + (direct.get(each) ?? 0), 0);
      if (count === 0) continue;
      const { slug, name, children } = place.branch;
      counts.push({ id, slug, name, count });
      visit(children.map((child) => child.id));
    }
  };
  visit(tree.roots.map(({ id }) => id));
  return counts;
}
