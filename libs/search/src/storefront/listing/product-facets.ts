import type { CategoryTree } from '#libs/catalog';
import type { PriceSpan } from '#libs/pricing';
import { numberOf } from '../../model/index/quantity.js';
import type { FacetCounts } from '../../model/query/count-facets.js';
import type { PriceRangeCount } from '../../model/query/price-spread.js';
import { rangeText } from '../../model/query/quantity-range.js';
import type { QuantityRanges } from '../../model/query/quantity-spread.js';

/** How many products of the selection have a value. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export interface AttributeCounts {
  readonly code: string;
  readonly values: readonly ValueCount[];
}

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
  /** By code; of each the most frequent values first, at most a thousand of all codes. */
  readonly attributes: readonly AttributeCounts[];
  /** In the order of the tree, without empty branches. */
  readonly categories: readonly CategoryCount[];
  readonly price: PriceSpan | null;
  /** Ascending, at most six, without the empty ones; none where all cost about the same. */
  readonly priceRanges: readonly PriceRangeCount[];
  /** By code and unit: of attributes that are numbers, with more amounts than there are ranges. */
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
const MAX_ATTRIBUTE_VALUES = 1_000;

/** What was counted as it is shown: the same whatever order it was counted in, so on every replica. */
export function productFacets(counts: FacetCounts, tree: CategoryTree): ProductFacets {
  const { total, brands, attributes, categories, minPriceMinor, maxPriceMinor, priceRanges } =
    counts;
  const hasPrices = minPriceMinor <= maxPriceMinor;
  return {
    total,
    brands: byFrequency(brands).slice(0, MAX_BRANDS),
    attributes: attributeCounts(attributes),
    categories: categoryCounts(tree, categories),
    price: hasPrices ? { minMinor: minPriceMinor, maxMinor: maxPriceMinor } : null,
    priceRanges,
    attributeRanges: counts.attributeRanges.map(shownRanges),
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

function byFrequency(counts: ReadonlyMap<string, number>): ValueCount[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}

function attributeCounts(
  attributes: ReadonlyMap<string, ReadonlyMap<string, number>>,
): AttributeCounts[] {
  const all = [...attributes]
    .sort(byFirst)
    .flatMap(([code, values]) => byFrequency(values).map((each) => ({ code, ...each })));
  const kept =
    all.length <= MAX_ATTRIBUTE_VALUES
      ? all
      : all.toSorted((one, other) => other.count - one.count).slice(0, MAX_ATTRIBUTE_VALUES);
  const byCode = new Map<string, ValueCount[]>();
  for (const { code, ...counted } of kept) {
    const values = byCode.get(code);
    if (values === undefined) byCode.set(code, [counted]);
    else values.push(counted);
  }
  return [...byCode].sort(byFirst).map(([code, values]) => ({ code, values }));
}

function byFirst([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
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
