/** What shoppers see of the stock of a product: of its variants the best. */
export const availabilities = ['out-of-stock', 'backorder', 'in-stock'] as const;
export type IndexedAvailability = (typeof availabilities)[number];

/** Where a word of a product stands, most telling first. */
export type SearchedField =
  'name' | 'code' | 'brand' | 'attribute' | 'option' | 'category' | 'title' | 'description';

export interface SearchedText {
  readonly field: SearchedField;
  readonly text: string;
  /** Of a name that is written in one. */
  readonly locale?: string;
}

export interface AttributePair {
  readonly code: string;
  readonly value: string;
}

/** A published product as the index takes it in. */
export interface IndexedProduct {
  /** A UUID in lower case. */
  readonly id: string;
  /** What it is shown and sorted as, in each language of the store. */
  readonly names: Readonly<Record<string, string>>;
  /** What it is found by, in every language. */
  readonly texts: readonly SearchedText[];
  readonly brand: string | null;
  readonly categoryId: string | null;
  readonly attributes: readonly AttributePair[];
  /** What its variants cost, by currency, in minor units. In a currency without prices it is not listed. */
  readonly prices: Readonly<Record<string, readonly number[]>>;
  readonly availability: IndexedAvailability;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** When shoppers could first see it. */
  readonly publishedAt: number;
  /** How often it is ordered: a level from 0 to 15. */
  readonly popularity: number;
}
