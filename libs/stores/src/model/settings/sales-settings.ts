import { COUNTRY_CODE, type RuleBreach } from '#libs/kernel';
import { shippingLimits, type ShippingMethod } from '../shipping/shipping-method.js';
import { shippingMethodBreaches } from '../shipping/shipping-method-breaches.js';

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
    codes.every((code) => COUNTRY_CODE.test(code));
  check(areCountries(allowedCountries), 'allowedCountries', 'ISO 3166-1 codes, such as DE');
  const codes = shippingMethods.map(({ code }) => code);
  check(new Set(codes).size === codes.length, 'shippingMethods', 'each code once');
  check(
    codes.length <= shippingLimits.methods,
    'shippingMethods',
    `at most ${shippingLimits.methods}`,
  );
  shippingMethods.forEach((method, index) => {
    for (const { path, message } of shippingMethodBreaches(method)) {
      check(false, `shippingMethods.${index}.${path}`, message);
    }
  });
  return breaches;
}
