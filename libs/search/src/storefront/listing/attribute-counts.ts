import type { FacetOrder } from '../facets/facet-order.js';

/** How many products of the selection have a value. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export interface AttributeCounts {
  readonly code: string;
  readonly values: readonly ValueCount[];
}

const MAX_VALUES = 1_000;
/** Nothing can be filtered by an attribute of this code: `filter[brand]` is about the brand of a product. */
const BRAND = 'brand';

/** Most frequent first; of equal ones by their text. */
export function byFrequency(counts: ReadonlyMap<string, number>): ValueCount[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}

/**
 * The values of attributes in their order, without those of the code `brand`, at most a thousand of all attributes: the
 * most frequent, whatever the order is, so that they are the same wherever they are counted.
 */
export function attributeCounts(
  counted: ReadonlyMap<string, ReadonlyMap<string, number>>,
  order: FacetOrder,
): AttributeCounts[] {
  const all = [...counted]
    .filter(([code]) => order.isShown(code))
    .filter(([code]) => code !== BRAND)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([code, values]) => byFrequency(values).map((each) => ({ code, ...each })));
  const kept =
    all.length <= MAX_VALUES
      ? all
      : all.toSorted((one, other) => other.count - one.count).slice(0, MAX_VALUES);
  const byCode = new Map<string, ValueCount[]>();
  for (const { code, ...value } of kept) {
    const values = byCode.get(code);
    if (values === undefined) byCode.set(code, [value]);
    else values.push(value);
  }
  return [...byCode]
    .sort(([one], [other]) => order.compareCodes(one, other))
    .map(([code, values]) => ({ code, values: order.sorted(code, values) }));
}
