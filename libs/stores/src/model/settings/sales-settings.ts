import { COUNTRY_CODE, type RuleBreach } from '#libs/kernel';
import { shippingLimits, type ShippingMethod } from '../shipping/shipping-method.js';
import { shippingMethodBreaches } from '../shipping/shipping-method-breaches.js';

/** Stated once, for schemas and rules. */
export const stockHoldLimits = { minutes: 240, pieces: 1_000 } as const;

/** How long, and how much, carts keep of what lies in them. */
export interface StockHoldRules {
  /** After the last change of the cart. */
  readonly minutes: number;
  /** Of more pieces than this of one item a cart keeps none. */
  readonly pieces: number;
}

/** How a store sells. */
export interface SalesSettings {
  /** What the numbers of orders begin with. */
  readonly orderNumberPrefix: string;
  /** ISO 3166-1; empty: everywhere. */
  readonly allowedCountries: readonly string[];
  readonly shippingMethods: readonly ShippingMethod[];
  /** null or absent: carts keep nothing, and who orders first has it. */
  readonly stockHolds?: StockHoldRules | null | undefined;
}

export const DEFAULT_SALES_SETTINGS: SalesSettings = {
  orderNumberPrefix: '',
  allowedCountries: [],
  shippingMethods: [],
  stockHolds: null,
};

/** What is wrong with sales settings; empty when nothing is. */
export function salesSettingsBreaches(settings: SalesSettings): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const check = (isRight: boolean, path: string, message: string): void => {
    if (!isRight) breaches.push({ path, message });
  };
  const { orderNumberPrefix, allowedCountries, shippingMethods, stockHolds } = settings;
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
  if (stockHolds) {
    const { minutes, pieces } = stockHoldLimits;
    check(isWithin(stockHolds.minutes, minutes), 'stockHolds.minutes', `from 1 to ${minutes}`);
    check(isWithin(stockHolds.pieces, pieces), 'stockHolds.pieces', `from 1 to ${pieces}`);
  }
  return breaches;
}

function isWithin(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most;
}
