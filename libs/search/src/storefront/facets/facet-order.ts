import type { FacetSetting, FacetSettings } from '../../model/facets/facet-settings.js';
import { quantityOf } from '../../model/index/quantity.js';
import { collationKey } from '../../model/text/collation-key.js';

/** Behind whatever staff name. */
const UNNAMED = Number.MAX_SAFE_INTEGER;

interface Counted {
  readonly value: string;
  readonly count: number;
}

/** Of each value what it is compared by: numbers with a unit by it and themselves, and before the others. */
interface ValueKey {
  readonly unit: string | undefined;
  readonly amount: number;
  readonly text: string;
}

/** In which order attributes and their values are shown in a language. */
export class FacetOrder {
  private readonly settings = new Map<
    string,
    { readonly place: number; readonly of: FacetSetting }
  >();

  constructor(
    { attributes }: FacetSettings,
    private readonly locale: string,
  ) {
    for (const [place, of] of attributes.entries()) this.settings.set(of.code, { place, of });
  }

  isShown(code: string): boolean {
    return this.settings.get(code)?.of.show !== 'never';
  }

  /** Below 0 when the attribute `one` is shown before `other`. */
  compareCodes(one: string, other: string): number {
    const difference = this.placeOf(one) - this.placeOf(other);
    if (difference !== 0) return difference;
    if (one === other) return 0;
    return one < other ? -1 : 1;
  }

  /** The values of an attribute, which are given in the order of their frequency. */
  sorted<Value extends Counted>(code: string, values: readonly Value[]): readonly Value[] {
    const setting = this.settings.get(code)?.of;
    if (setting?.show === 'as-listed') return asListed(values, setting.values);
    return setting?.show === 'by-value' ? byValue(values, this.locale) : values;
  }

  private placeOf(code: string): number {
    return this.settings.get(code)?.place ?? UNNAMED;
  }
}

function asListed<Value extends Counted>(
  values: readonly Value[],
  listed: readonly string[],
): readonly Value[] {
  const places = new Map(listed.map((value, place) => [value, place]));
  const placeOf = ({ value }: Value): number => places.get(value) ?? listed.length;
  return values.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function byValue<Value extends Counted>(
  values: readonly Value[],
  locale: string,
): readonly Value[] {
  return values
    .map((each) => ({ each, key: valueKey(each.value, locale) }))
    .sort((one, other) => compareKeys(one.key, other.key))
    .map(({ each }) => each);
}

function valueKey(value: string, locale: string): ValueKey {
  const { unit, amount = 0 } = quantityOf(value) ?? {};
  return { unit, amount, text: collationKey(value, locale) };
}

function compareKeys(one: ValueKey, other: ValueKey): number {
  if (one.unit === other.unit)
    return one.amount - other.amount || compareTexts(one.text, other.text);
  if (one.unit === undefined || other.unit === undefined) return one.unit === undefined ? 1 : -1;
  return compareTexts(one.unit, other.unit);
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
