import { alphabetOf, type Alphabet } from '../text/alphabet.js';
import { collationKey } from '../text/collation-key.js';
import { dayOf } from './calendar-day.js';
import type { ColumnRows } from './column-rows.js';
import { availabilities, type AttributePair, type IndexedProduct } from './indexed-product.js';

const NO_PRICES: readonly number[] = [];

/**
 * Collects what the columns of a segment are made from. Of what many products have in common it holds one: a hundred
 * thousand products that are read together are otherwise mostly work for the garbage collector.
 */
export class SegmentRows {
  private readonly ids: string[] = [];
  private readonly brands: (string | null)[] = [];
  private readonly categories: (string | null)[] = [];
  private readonly attributes: (readonly AttributePair[])[] = [];
  private readonly prices = new Map<string, (readonly number[])[]>();
  private readonly sortNames = new Map<string, string[]>();
  private readonly createdAt: number[] = [];
  private readonly publishedDays: number[] = [];
  private readonly popularity: number[] = [];
  private readonly availability: number[] = [];
  private readonly values = new Map<string, string>();
  private readonly pairs = new Map<string, Map<string, AttributePair>>();

  get size(): number {
    return this.ids.length;
  }

  add(product: Omit<IndexedProduct, 'texts'>): void {
    const number = this.size;
    this.ids.push(product.id);
    this.brands.push(this.one(product.brand));
    this.categories.push(this.one(product.categoryId));
    this.attributes.push(product.attributes.map((pair) => this.onePair(pair)));
    for (const [currency, prices] of Object.entries(product.prices)) {
      filled(this.prices, currency, number, NO_PRICES).push(prices);
    }
    this.addNames(number, product.names);
    this.createdAt.push(product.createdAt);
    this.publishedDays.push(dayOf(product.publishedAt));
    this.popularity.push(product.popularity);
    this.availability.push(availabilities.indexOf(product.availability));
  }

  /** All rows. Nothing may be added any more. */
  finish(): ColumnRows {
    const { size, prices, sortNames } = this;
    for (const currency of prices.keys()) filled(prices, currency, size, NO_PRICES);
    for (const locale of sortNames.keys()) filled(sortNames, locale, size, '');
    return {
      ids: this.ids,
      brands: this.brands,
      categories: this.categories,
      attributes: this.attributes,
      prices,
      sortNames,
      createdAt: this.createdAt,
      publishedDays: this.publishedDays,
      popularity: this.popularity,
      availability: this.availability,
    };
  }

  private addNames(number: number, names: IndexedProduct['names']): void {
    let last:
      { readonly name: string; readonly alphabet: Alphabet; readonly key: string } | undefined;
    for (const [locale, name] of Object.entries(names)) {
      const alphabet = alphabetOf(locale);
      // Most names are the same in many languages, and most languages have the same alphabet.
      if (last?.name !== name || last.alphabet !== alphabet) {
        last = { name, alphabet, key: collationKey(name, locale) };
      }
      filled(this.sortNames, locale, number, '').push(last.key);
    }
  }

  private one(value: string | null): string | null {
    if (value === null) return null;
    const known = this.values.get(value);
    if (known === undefined) this.values.set(value, value);
    return known ?? value;
  }

  private onePair(pair: AttributePair): AttributePair {
    let ofCode = this.pairs.get(pair.code);
    if (ofCode === undefined) {
      ofCode = new Map();
      this.pairs.set(pair.code, ofCode);
    }
    const known = ofCode.get(pair.value);
    if (known === undefined) ofCode.set(pair.value, pair);
    return known ?? pair;
  }
}

/** The list of a key, with a place for each of so many products. */
function filled<Item>(
  lists: Map<string, Item[]>,
  key: string,
  length: number,
  nothing: Item,
): Item[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  while (list.length < length) list.push(nothing);
  return list;
}
