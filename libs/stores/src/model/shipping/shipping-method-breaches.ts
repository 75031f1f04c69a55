import { COUNTRY_CODE, minorUnitDigits, productLimits, type RuleBreach } from '#libs/kernel';
import { areasOverlap } from './rate-zones.js';
import {
  shippingLimits,
  type RateArea,
  type RateRow,
  type RateTable,
  type ShippingMethod,
} from './shipping-method.js';
import { isTrackingUrl } from './tracking-url.js';

const METHOD_CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const POSTAL_CODE = new RegExp(`^[A-Z0-9]{1,${shippingLimits.postalCode}}$`);

type Check = (isRight: boolean, path: string, message: string) => void;

/** What is wrong with one way of shipping, by itself; empty when nothing is. */
export function shippingMethodBreaches(method: ShippingMethod): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const check: Check = (isRight, path, message) => {
    if (!isRight) breaches.push({ path, message });
  };
  const { code, countries, pricesMinor, freeFromMinor, rates, pickUp, carrier } = method;
  check(METHOD_CODE.test(code), 'code', 'lower-case letters, digits, dashes');
  check(
    countries.every((country) => COUNTRY_CODE.test(country)),
    'countries',
    'ISO 3166-1 codes, such as DE',
  );
  check(areAmounts(pricesMinor), 'pricesMinor', 'amounts by currency');
  check(areAmounts(freeFromMinor), 'freeFromMinor', 'amounts by currency');
  if (rates) {
    check(
      Object.keys(pricesMinor).length === 0,
      'pricesMinor',
      'a flat price or a table, not both',
    );
    check(!pickUp, 'rates', 'what is fetched has a flat price');
    checkTable(rates, check);
  }
  if (pickUp) check(countries.length === 0, 'countries', 'whoever fetches may come from anywhere');
  const trackingUrl = carrier?.trackingUrl ?? null;
  check(
    trackingUrl === null || isTrackingUrl(trackingUrl),
    'carrier.trackingUrl',
    'an http(s) address with {number} once, behind the host',
  );
  return breaches;
}

function checkTable({ zones }: RateTable, check: Check): void {
  check(zones.length > 0, 'rates.zones', 'at least one');
  const areas = zones.flatMap((zone) => zone.areas);
  check(
    areas.length <= shippingLimits.areas,
    'rates.zones',
    `at most ${shippingLimits.areas} areas in all zones`,
  );
  check(
    zones.filter((zone) => zone.areas.length === 0).length <= 1,
    'rates.zones',
    'one zone for everywhere else',
  );
  zones.forEach((zone, index) => {
    const path = `rates.zones.${index}`;
    zone.areas.forEach((area, place) => {
      checkArea(area, `${path}.areas.${place}`, check);
    });
    const tables = Object.entries(zone.rows);
    check(tables.length > 0, `${path}.rows`, 'rows for at least one currency');
    for (const [currency, rows] of tables) {
      check(isCurrency(currency), `${path}.rows.${currency}`, 'not a currency');
      checkRows(rows, `${path}.rows.${currency}`, check);
    }
  });
  if (areas.length <= shippingLimits.areas) {
    check(!haveCommonPlace(areas), 'rates.zones', 'no place in two areas');
  }
}

function checkArea({ country, postalCodes }: RateArea, path: string, check: Check): void {
  check(COUNTRY_CODE.test(country), `${path}.country`, 'an ISO 3166-1 code, such as DE');
  if (postalCodes === null) return;
  const { from, to } = postalCodes;
  check(
    POSTAL_CODE.test(from) && POSTAL_CODE.test(to) && from.length === to.length && from <= to,
    `${path}.postalCodes`,
    'two beginnings of the same length, in capital letters and digits, rising',
  );
}

/** Rows that rise have neither gaps nor overlaps: each begins where the one before ends. */
function checkRows(rows: readonly RateRow[], path: string, check: Check): void {
  check(rows.length > 0 && rows.length <= shippingLimits.rows, path, `1 to ${shippingLimits.rows}`);
  rows.forEach(({ upTo, priceMinor }, index) => {
    check(isAmount(priceMinor), `${path}.${index}.priceMinor`, 'not an amount');
    const isLast = index === rows.length - 1;
    const before = rows[index - 1]?.upTo ?? -1;
    const isAbove = upTo === null ? isLast : isAmount(upTo) && upTo > before;
    check(isAbove, `${path}.${index}.upTo`, 'rising; only the last has no end');
  });
}

function haveCommonPlace(areas: readonly RateArea[]): boolean {
  return areas.some((area, index) =>
    areas.slice(index + 1).some((other) => areasOverlap(area, other)),
  );
}

function areAmounts(byCurrency: Readonly<Record<string, number>>): boolean {
  return Object.entries(byCurrency).every(
    ([currency, amount]) => isCurrency(currency) && isAmount(amount),
  );
}

function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= productLimits.amountMinor;
}

function isCurrency(code: string): boolean {
  try {
    return minorUnitDigits(code) >= 0;
  } catch {
    return false; // A RangeError says so.
  }
}
