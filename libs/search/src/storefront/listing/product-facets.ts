import type { CategoryTree } from '#libs/catalog';
import type { PriceSpan } from '#libs/pricing';
import { numberOf } from '../../model/index/quantity.js';
import type { FacetCounts } from '../../model/query/count-facets.js';
import type { PriceRangeCount } from '../../model/query/price-spread.js';
import { rangeText } from '../../model/query/quantity-range.js';
import type { QuantityRanges } from '../../model/query/quantity-spread.js';
import type { FacetOrder } from '../facets/facet-order.js';
import {
  attributeCounts,
  byFrequency,
  type AttributeCounts,
  type ValueCount,
} from './attribute-counts.js';

export interface CategoryCount {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Products in the category and all below it. */
  readonly count: number;
}

/** The values of an attribute that are numbers with one unit, ascending. */
export interface AttributeRanges {
  readonly code: string;
  readonly unit: string | null;
  readonly ranges: readonly {
    /** As it is sent back. */
    readonly range: string;
    readonly min: number | null;
    readonly below: number | null;
    readonly count: number;
  }[];
}

/** How a selection is spread over what it could be narrowed by. */
export interface ProductFacets {
  readonly total: number;
  /** Most frequent first, at most a hundred. */
  readonly brands: readonly ValueCount[];
  /** In the order of the settings; of each the most frequent values, at most a thousand of all codes. */
  readonly attributes: readonly AttributeCounts[];
  /** In the order of the tree, without empty branches. */
  readonly categories: readonly CategoryCount[];
  readonly price: PriceSpan | null;
  /** Ascending, at most six, without the empty ones; none where all cost about the same. */
  readonly priceRanges: readonly PriceRangeCount[];
  /** In the order of the settings and by unit: of attributes that are numbers, with more amounts than there are ranges. */
  readonly attributeRanges: readonly AttributeRanges[];
}

export const NO_FACETS: ProductFacets = {
  total: 0,
  brands: [],
  attributes: [],
  categories: [],
  price: null,
  priceRanges: [],
  attributeRanges: [],
};

const MAX_BRANDS = 100;

/** What was counted as it is shown: the same whatever order it was counted in, so on every replica. */
export function productFacets(
  counts: FacetCounts,
  tree: CategoryTree,
  order: FacetOrder,
): ProductFacets {
  const { total, brands, attributes, categories, minPriceMinor, maxPriceMinor, priceRanges } =
    counts;
  const hasPrices = minPriceMinor <= maxPriceMinor;
  return {
    total,
    brands: byFrequency(brands).slice(0, MAX_BRANDS),
    attributes: attributeCounts(attributes, order),
    categories: categoryCounts(tree, categories),
    price: hasPrices ? { minMinor: minPriceMinor, maxMinor: maxPriceMinor } : null,
    priceRanges,
    attributeRanges: counts.attributeRanges
      .filter(({ code }) => order.isShown(code))
      .toSorted((one, other) => order.compareCodes(one.code, other.code))
      .map(shownRanges),
  };
}

function shownRanges({ code, unit, ranges }: QuantityRanges): AttributeRanges {
  return {
    code,
    unit: unit === '' ? null : unit,
    ranges: ranges.map(({ count, ...range }) => ({
      range: rangeText(range),
      min: range.from === undefined ? null : numberOf(range.from),
      below: range.below === undefined ? null : numberOf(range.below),
      count,
    })),
  };
}

/** Rolls the counts of single categories up the tree. */
function categoryCounts(tree: CategoryTree, direct: ReadonlyMap<string, number>): CategoryCount[] {
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
