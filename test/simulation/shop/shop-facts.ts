import type { Sellable } from '#libs/catalog';
import type { SalesSettings, TaxRules } from '#libs/stores';
import type { ActivePromotion } from '../../../libs/promotions/src/model/promotion.js';
import type { ShownPrice } from '../../../libs/pricing/src/storefront/price-records.js';
import type { RowHistory } from '../world/row-history.js';
import { ROWS, type RowName } from '../world/settings.js';
import { rowNamedBy, type Part, type SimulatedReaders } from '../world/simulated-readers.js';

/** Rows as they were, whenever that was; undefined: what they are about does not exist. */
export type Fact = readonly Pick<Part, 'row' | 'revision'>[] | undefined;

/** Where everything comes from that a cart is priced by: each of it by a reader of another kind. */
export interface ShopFacts {
  product(row: RowName): Promise<Fact>;
  price(row: RowName): Promise<Fact>;
  tax(): Promise<Fact>;
  sales(): Promise<Fact>;
  promotions(): Promise<Fact>;
}

/** From the memory of a replica. */
export function factsInMemory(readers: SimulatedReaders): ShopFacts {
  return {
    product: async (row) => (await readers.batched.get(row))?.parts,
    price: async (row) => (await readers.built.get(row))?.parts,
    tax: async () => (await readers.known.get('p2'))?.parts,
    sales: async () => (await readers.late.get('p1'))?.parts,
    promotions: async () => (await readers.built.get('p0'))?.parts,
  };
}

/** What every row is at one instant. */
export type Revisions = ReadonlyMap<RowName, number | undefined>;

export function revisionsNow(history: RowHistory): Revisions {
  return new Map(ROWS.map((row) => [row, history.current(row).revision]));
}

/** From the database itself: what the readers would load at that instant. */
export function factsOf(revisions: Revisions): ShopFacts {
  const known = (row: RowName): Fact => {
    const revision = revisions.get(row);
    return revision === undefined ? undefined : [{ row, revision }];
  };
  const late = (row: RowName): Fact => {
    const own = known(row)?.[0];
    return own === undefined ? undefined : [own, ...(known(rowNamedBy(own)) ?? [])];
  };
  const built = (row: RowName): Fact => [...(known(row) ?? []), ...(late(row) ?? [])];
  return {
    product: (row) => Promise.resolve(known(row)),
    price: (row) => Promise.resolve(built(row)),
    tax: () => Promise.resolve(known('p2')),
    sales: () => Promise.resolve(late('p1')),
    promotions: () => Promise.resolve(built('p0')),
  };
}

/** A number that is another one when any of the rows is. */
function sumOf(fact: Fact): number {
  return (fact ?? []).reduce((sum, { revision }, place) => sum + (revision + 1) * 10 ** place, 0);
}

export function sellableOf(fact: Fact): Sellable | undefined {
  const own = fact?.[0];
  if (own === undefined) return undefined;
  const { row, revision } = own;
  return {
    variantId: row,
    productId: row,
    sku: row,
    slug: row,
    name: `${row} in its revision ${revision}`,
    optionValues: [],
    imageUrl: null,
    categoryId: null,
    weightGrams: null,
  };
}

export function priceOf(fact: Fact): ShownPrice {
  return { amountMinor: 1_000 + sumOf(fact), compareAtMinor: null };
}

export function taxRules(fact: Fact): TaxRules {
  const rate = { code: 'vat', name: 'VAT', zone: 'home', category: 'standard' };
  return {
    pricesIncludeTax: true,
    defaultCountry: COUNTRY,
    categories: ['standard'],
    zones: [{ code: 'home', name: 'Home', areas: [COUNTRY] }],
    rates: [{ ...rate, ratePpm: sumOf(fact), validFrom: null, validUntil: null }],
  };
}

export function salesSettings(fact: Fact): SalesSettings {
  const parcel = { code: SHIPPING_METHOD, name: 'Parcel', countries: [], freeFromMinor: {} };
  return {
    orderNumberPrefix: '',
    allowedCountries: [],
    shippingMethods: [{ ...parcel, pricesMinor: { [CURRENCY]: sumOf(fact) } }],
  };
}

/** In its version, which an order keeps. */
export function percentOff(fact: Fact): ActivePromotion {
  return {
    id: 'off',
    name: 'Something off',
    priority: 1,
    isExclusive: false,
    needsCoupon: false,
    currency: null,
    validFrom: null,
    validUntil: null,
    conditions: [],
    reward: { kind: 'percent', percentPpm: 100_000, items: { kind: 'all' }, atMostMinor: null },
    useLimit: null,
    customerUseLimit: null,
    version: sumOf(fact),
  };
}

export const CURRENCY = 'EUR';
export const COUNTRY = 'DE';
export const SHIPPING_METHOD = 'parcel';
