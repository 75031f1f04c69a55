import type { Address } from '#libs/kernel';

/** What a table of rates counts: grams, what the goods come to after discounts, or pieces. */
export const rateMeasures = ['weight', 'total', 'quantity'] as const;
export type RateMeasure = (typeof rateMeasures)[number];

/** Up to and with so much it costs this; null: however much. */
export interface RateRow {
  readonly upTo: number | null;
  readonly priceMinor: number;
}

/**
 * Postal codes by how they begin, in capital letters and digits, both ends included: `10` to `14` holds
 * every code from 10... to 14....
 */
export interface PostalCodeRange {
  readonly from: string;
  readonly to: string;
}

export interface RateArea {
  /** ISO 3166-1. */
  readonly country: string;
  /** null: the whole country. */
  readonly postalCodes: PostalCodeRange | null;
}

/** Where the same rates hold. */
export interface RateZone {
  readonly name: string;
  /** Empty: wherever no other zone holds. */
  readonly areas: readonly RateArea[];
  /** By currency, rising; what is above the last row is not carried. */
  readonly rows: Readonly<Record<string, readonly RateRow[]>>;
}

export interface RateTable {
  readonly by: RateMeasure;
  readonly zones: readonly RateZone[];
}

/** Where an order is fetched. */
export interface PickUpPlace {
  /** Code of a location of the store. */
  readonly location: string;
  readonly address: Address;
}

export interface ShippingCarrier {
  readonly name: string;
  /** http(s), with `{number}` where the number of a parcel stands; null: parcels cannot be followed. */
  readonly trackingUrl: string | null;
}

/**
 * A way to get an order to its shopper. What is absent was not known to the version that stored it, and
 * is as if it were null.
 */
export interface ShippingMethod {
  readonly code: string;
  readonly name: string;
  /** ISO 3166-1; empty: to wherever the store sells. */
  readonly countries: readonly string[];
  /** The flat price by currency, in minor units; without a table it is not offered in another currency. */
  readonly pricesMinor: Readonly<Record<string, number>>;
  /** By currency: free from this much of goods, after discounts. */
  readonly freeFromMinor: Readonly<Record<string, number>>;
  /** null: the price is flat. */
  readonly rates?: RateTable | null;
  /** null: it is taxed as what has no category of its own. */
  readonly taxCategory?: string | null;
  /** null: it is sent. What is fetched costs nothing where no price is stated. */
  readonly pickUp?: PickUpPlace | null;
  readonly carrier?: ShippingCarrier | null;
}

/** Stated once, for schemas and rules. */
export const shippingLimits = {
  methods: 200,
  zones: 30,
  /** Of one method. */
  areas: 500,
  rows: 100,
  zoneName: 100,
  postalCode: 10,
  carrierName: 100,
  trackingUrl: 300,
} as const;
