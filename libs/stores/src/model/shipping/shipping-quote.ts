import { rateZoneOf, type ParcelPlace } from './rate-zones.js';
import type { RateRow, RateTable, RateZone, ShippingMethod } from './shipping-method.js';

/** What is to be carried, as far as its price depends on it. */
export interface Parcel {
  readonly currency: string;
  /** What the goods come to after discounts, as prices are written in the store. */
  readonly goodsMinor: number;
  readonly pieces: number;
  /** null: the weight of something is not known. */
  readonly weightGrams: number | null;
  /** null: not said yet. */
  readonly place: ParcelPlace | null;
}

/** Why a method is not offered. */
export const shippingRefusals = [
  'currency-not-served',
  'country-not-served',
  'postal-code-not-served',
  'address-missing',
  'weight-unknown',
  'too-much',
] as const;
export type ShippingRefusal = (typeof shippingRefusals)[number];

export type ShippingQuote =
  | { readonly isOffered: true; readonly priceMinor: number }
  | { readonly isOffered: false; readonly reason: ShippingRefusal };

/** What a method asks for a parcel, or why it does not carry it. Pure. */
export function quoteShipping(method: ShippingMethod, parcel: Parcel): ShippingQuote {
  const quote = fullQuote(method, parcel);
  const freeFrom = method.freeFromMinor[parcel.currency];
  const isFree = freeFrom !== undefined && parcel.goodsMinor >= freeFrom;
  return quote.isOffered && isFree ? offered(0) : quote;
}

function fullQuote(method: ShippingMethod, parcel: Parcel): ShippingQuote {
  const { currency, place } = parcel;
  if (method.pickUp) return offered(method.pricesMinor[currency] ?? 0);
  const { countries } = method;
  if (place !== null && countries.length > 0 && !countries.includes(place.country)) {
    return refused('country-not-served');
  }
  if (method.rates) return tableQuote(method.rates, parcel);
  const priceMinor = method.pricesMinor[currency];
  return priceMinor === undefined ? refused('currency-not-served') : offered(priceMinor);
}

function tableQuote({ by, zones }: RateTable, parcel: Parcel): ShippingQuote {
  const zone = zoneFor(zones, parcel);
  if (typeof zone === 'string') return refused(zone);
  const rows = zone.rows[parcel.currency];
  if (rows === undefined) return refused('currency-not-served');
  const { weightGrams, goodsMinor, pieces } = parcel;
  const amount = { weight: weightGrams, total: goodsMinor, quantity: pieces }[by];
  if (amount === null) return refused('weight-unknown');
  const row = rowFor(rows, amount);
  return row === undefined ? refused('too-much') : offered(row.priceMinor);
}

function zoneFor(zones: readonly RateZone[], { place }: Parcel): RateZone | ShippingRefusal {
  if (place === null) {
    // What holds everywhere can be told before anybody says where.
    const [only] = zones;
    return zones.length === 1 && only?.areas.length === 0 ? only : 'address-missing';
  }
  const zone = rateZoneOf(zones, place);
  if (zone !== undefined) return zone;
  const isKnown = zones.some(({ areas }) => areas.some(({ country }) => country === place.country));
  return isKnown ? 'postal-code-not-served' : 'country-not-served';
}

function rowFor(rows: readonly RateRow[], amount: number): RateRow | undefined {
  return rows.find(({ upTo }) => upTo === null || amount <= upTo);
}

function offered(priceMinor: number): ShippingQuote {
  return { isOffered: true, priceMinor };
}

function refused(reason: ShippingRefusal): ShippingQuote {
  return { isOffered: false, reason };
}
