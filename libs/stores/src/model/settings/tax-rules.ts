import { COUNTRY_CODE, type RuleBreach } from '#libs/kernel';

/** One rate of a tax, as it holds for something on one day. */
export interface TaxRate {
  readonly code: string;
  readonly name: string;
  /** Millionths: 19 % is 190,000. */
  readonly ratePpm: number;
}

/** Where a rate holds: countries (ISO 3166-1, `DE`) and parts of them (ISO 3166-2, `US-CA`). */
export interface TaxZone {
  readonly code: string;
  readonly name: string;
  readonly areas: readonly string[];
}

export interface TaxRateRule extends TaxRate {
  readonly zone: string;
  /** The tax category of what is sold. */
  readonly category: string;
  /** Epoch milliseconds, from inclusive, until exclusive; null is open. */
  readonly validFrom: number | null;
  readonly validUntil: number | null;
}

/** How a store taxes what it sells. */
export interface TaxRules {
  /** Whether the store writes its prices with their taxes. */
  readonly pricesIncludeTax: boolean;
  /** Where is shipped to, as long as nobody has said it. */
  readonly defaultCountry: string | null;
  /** What has no category of its own is of the first one. */
  readonly categories: readonly string[];
  readonly zones: readonly TaxZone[];
  readonly rates: readonly TaxRateRule[];
}

export interface TaxPlace {
  readonly country: string;
  /** The second part of an ISO 3166-2 code, such as `CA`. */
  readonly region?: string | undefined;
}

export const NO_TAX_RULES: TaxRules = {
  pricesIncludeTax: true,
  defaultCountry: null,
  categories: ['standard'],
  zones: [],
  rates: [],
};

/** What of the rules holds for a category, in a place, at an instant: every rate of every zone there. */
export function taxRatesFor(
  rules: TaxRules,
  place: TaxPlace | undefined,
  category: string,
  at: number,
): TaxRate[] {
  const country = place?.country ?? rules.defaultCountry;
  if (country === null) return [];
  const areas = [country, `${country}-${place?.region ?? ''}`];
  const zones = new Set(
    rules.zones
      .filter((zone) => zone.areas.some((area) => areas.includes(area)))
      .map(({ code }) => code),
  );
  return rules.rates
    .filter((rate) => rate.category === category && zones.has(rate.zone))
    .filter(({ validFrom }) => validFrom === null || validFrom <= at)
    .filter(({ validUntil }) => validUntil === null || at < validUntil)
    .map(({ code, name, ratePpm }) => ({ code, name, ratePpm }));
}

const AREA = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/;
const MAX_RATE_PPM = 1_000_000;

/** What is wrong with tax rules; empty when nothing is. */
export function taxRulesBreaches(rules: TaxRules): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const check = (isRight: boolean, path: string, message: string): void => {
    if (!isRight) breaches.push({ path, message });
  };
  const { defaultCountry, categories, zones, rates } = rules;
  check(
    defaultCountry === null || COUNTRY_CODE.test(defaultCountry),
    'defaultCountry',
    'not a country code',
  );
  check(categories.length > 0, 'categories', 'at least one');
  check(isDistinct(categories), 'categories', 'each once');
  check(isDistinct(zones.map(({ code }) => code)), 'zones', 'each code once');
  zones.forEach(({ areas }, index) => {
    check(
      areas.every((area) => AREA.test(area)),
      `zones.${index}.areas`,
      'ISO 3166 codes, such as DE or US-CA',
    );
  });
  rates.forEach((rate, index) => {
    const at = (field: string): string => `rates.${index}.${field}`;
    check(
      Number.isInteger(rate.ratePpm) && rate.ratePpm >= 0 && rate.ratePpm <= MAX_RATE_PPM,
      at('ratePpm'),
      'millionths, at most the whole',
    );
    check(
      zones.some(({ code }) => code === rate.zone),
      at('zone'),
      'no such zone',
    );
    check(categories.includes(rate.category), at('category'), 'no such category');
    check(
      rate.validFrom === null || rate.validUntil === null || rate.validFrom < rate.validUntil,
      at('validUntil'),
      'not after validFrom',
    );
  });
  return breaches;
}

function isDistinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
