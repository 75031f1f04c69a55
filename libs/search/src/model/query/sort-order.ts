import type { Segment } from '../index/segment.js';
import type { PagePosition, ProductSort, SearchPage } from './search-query.js';
import type { Placed } from './select-page.js';

/** How a page goes along an order of products that the segment has. */
export interface SortOrder {
  readonly order: Uint32Array;
  /** The first place of the page. */
  readonly start: number;
  readonly step: 1 | -1;
  readonly valueOf: (product: number) => string | number;
}

interface SortKey extends Pick<SortOrder, 'order' | 'valueOf'> {
  /** Below 0 when the product comes before the value. */
  readonly compare: (product: number, value: string | number) => number;
}

const EMPTY = new Uint32Array(0);

export function isDescending(sort: ProductSort): boolean {
  return sort !== 'name' && sort !== 'price';
}

/** Undefined for the order of relevance, which every query makes anew. */
export function sortOrderOf(
  segment: Segment,
  { sort, locale, after }: SearchPage,
  currency: string,
): SortOrder | undefined {
  if (sort === 'relevance') return undefined;
  const key = keyOf(segment, sort, locale, currency);
  const { order, valueOf } = key;
  if (isDescending(sort)) {
    const start = after === undefined ? order.length - 1 : placesBefore(segment, key, after) - 1;
    return { order, valueOf, start, step: -1 };
  }
  const start = after === undefined ? 0 : placesTo(segment, key, after);
  return { order, valueOf, start, step: 1 };
}

/** Whether one product stands before another in the list. */
export function comparePlaced(sort: ProductSort, one: Placed, other: Placed): number {
  const sign = isDescending(sort) ? -1 : 1;
  if (one.value !== other.value) return one.value < other.value ? -sign : sign;
  return one.id < other.id ? -sign : sign;
}

function keyOf(
  segment: Segment,
  sort: Exclude<ProductSort, 'relevance'>,
  locale: string,
  currency: string,
): SortKey {
  switch (sort) {
    case 'name':
    case '-name': {
      const column = segment.sortNames.get(locale);
      if (column === undefined) return { order: EMPTY, valueOf: () => '', compare: () => 0 };
      const { keys, order } = column;
      return {
        order,
        valueOf: (product) => keys.at(product),
        compare: (product, value) => keys.compare(product, String(value)),
      };
    }
    case 'price':
    case '-price': {
      const column = segment.prices.get(currency);
      if (column === undefined) return { order: EMPTY, valueOf: () => 0, compare: () => 0 };
      return numberKey(column.order, column.min);
    }
    case 'newest':
      return numberKey(segment.createdAt.order, segment.createdAt.values);
    case 'popular':
      return numberKey(segment.popularity.order, segment.popularity.values);
  }
}

function numberKey(order: Uint32Array, values: Float64Array | Uint8Array): SortKey {
  return {
    order,
    valueOf: (product) => values[product] as number,
    compare: (product, value) => (values[product] as number) - Number(value),
  };
}

/** How many products stand before the position, in ascending order. */
function placesBefore(segment: Segment, key: SortKey, { value, id }: PagePosition): number {
  return firstAtOrBehind(segment, key, value, segment.ids.lowerRank(id));
}

/** The same with the product of the position itself, if it is still there. */
function placesTo(segment: Segment, key: SortKey, { value, id }: PagePosition): number {
  const rank = segment.ids.lowerRank(id);
  return firstAtOrBehind(segment, key, value, segment.ids.find(id) === undefined ? rank : rank + 1);
}

function firstAtOrBehind(
  { ids }: Segment,
  { order, compare }: SortKey,
  value: string | number,
  rank: number,
): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const product = order[middle] as number;
    const difference = compare(product, value) || (ids.ranks[product] as number) - rank;
    if (difference < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
