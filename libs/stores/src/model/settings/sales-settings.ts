import { minorUnitDigits, type RuleBreach } from '#libs/kernel';

/** A way to get an order to its shopper, at a flat rate. */
export interface ShippingMethod {
  readonly code: string;
  readonly name: string;
  /** ISO 3166-1; empty: to wherever the store sells. */
  readonly countries: readonly string[];
  /** By currency, in minor units; it is not offered in another currency. */
  readonly pricesMinor: Readonly<Record<string, number>>;
  /** By currency: free from this much of goods, after discounts. */
  readonly freeFromMinor: Readonly<Record<string, number>>;
}

/** How a store sells. */
export interface SalesSettings {
  /** What the numbers of orders begin with. */
  readonly orderNumberPrefix: string;
  /** ISO 3166-1; empty: everywhere. */
  readonly allowedCountries: readonly string[];
  readonly shippingMethods: readonly ShippingMethod[];
}

export const DEFAULT_SALES_SETTINGS: SalesSettings = {
  orderNumberPrefix: '',
  allowedCountries: [],
  shippingMethods: [],
};

const COUNTRY = /^[A-Z]{2}$/;
const METHOD_CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What is wrong with sales settings; empty when nothing is. */
export function salesSettingsBreaches(settings: SalesSettings): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const check = (isRight: boolean, path: string, message: string): void => {
    if (!isRight) breaches.push({ path, message });
  };
  const { orderNumberPrefix, allowedCountries, shippingMethods } = settings;
  check(
    /^[A-Z0-9-]{0,10}$/.test(orderNumberPrefix),
    'orderNumberPrefix',
    'at most 10 capital letters, digits and dashes',
  );
  const areCountries = (codes: readonly string[]): boolean =>
    codes.every((code) => COUNTRY.test(code));
  check(areCountries(allowedCountries), 'allowedCountries', 'ISO 3166-1 codes, such as DE');
  const codes = shippingMethods.map(({ code }) => code);
  check(new Set(codes).size === codes.length, 'shippingMethods', 'each code once');
  shippingMethods.forEach(({ code, countries, pricesMinor, freeFromMinor }, index) => {
    const path = `shippingMethods.${index}`;
    check(METHOD_CODE.test(code), `${path}.code`, 'lower-case letters, digits, dashes');
    check(areCountries(countries), `${path}.countries`, 'ISO 3166-1 codes, such as DE');
    check(areAmounts(pricesMinor), `${path}.pricesMinor`, 'amounts by currency');
    check(areAmounts(freeFromMinor), `${path}.freeFromMinor`, 'amounts by currency');
  });
  return breaches;
}

function areAmounts(byCurrency: Readonly<Record<string, number>>): boolean {
  return Object.entries(byCurrency).every(
    ([currency, amount]) => isCurrency(currency) && Number.isSafeInteger(amount) && amount >= 0,
  );
}

function isCurrency(code: string): boolean {
  try {
    return minorUnitDigits(code) >= 0;
  } catch {
    return false; // A RangeError says so.
  }
}
