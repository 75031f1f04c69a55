import { FlatReader, FlatWriter, type FlatValues } from './flat-values.js';
import type {
  AttributePair,
  IndexedAvailability,
  IndexedProduct,
  SearchedField,
  SearchedText,
} from './indexed-product.js';

/** The values of products. To another thread they go for a fraction of what their objects cost. */
export type FlatProducts = FlatValues;

export function flattened(products: readonly IndexedProduct[]): FlatProducts {
  const flat = new FlatWriter();
  for (const product of products) {
    const { names, texts, attributes, prices } = product;
    flat.text(product.id);
    flat.text(product.brand);
    flat.text(product.categoryId);
    flat.text(product.availability);
    flat.number(product.createdAt);
    flat.number(product.publishedAt);
    flat.number(product.popularity);
    const locales = Object.keys(names);
    flat.number(locales.length);
    for (const locale of locales) {
      flat.text(locale);
      flat.text(names[locale] as string);
    }
    flat.number(texts.length);
    for (const { field, locale, text } of texts) {
      flat.text(field);
      flat.text(locale ?? null);
      flat.text(text);
    }
    flat.number(attributes.length);
    for (const { code, value } of attributes) {
      flat.text(code);
      flat.text(value);
    }
    const currencies = Object.keys(prices);
    flat.number(currencies.length);
    for (const currency of currencies) {
      const amounts = prices[currency] as readonly number[];
      flat.text(currency);
      flat.number(amounts.length);
      for (const amount of amounts) flat.number(amount);
    }
  }
  return flat.finish();
}

/** The products again: everything is read in the order in which it was put there. */
export function* unflattened(values: FlatProducts): Generator<IndexedProduct> {
  const flat = new FlatReader(values);
  while (!flat.isAtEnd) {
    yield {
      id: textIn(flat),
      brand: flat.text(),
      categoryId: flat.text(),
      availability: textIn(flat) as IndexedAvailability,
      createdAt: flat.number(),
      publishedAt: flat.number(),
      popularity: flat.number(),
      names: namesIn(flat),
      texts: textsIn(flat),
      attributes: attributesIn(flat),
      prices: pricesIn(flat),
    };
  }
}

function textIn(flat: FlatReader): string {
  return flat.text() as string;
}

function namesIn(flat: FlatReader): Record<string, string> {
  const names: Record<string, string> = {};
  for (let left = flat.number(); left > 0; left -= 1) names[textIn(flat)] = textIn(flat);
  return names;
}

function textsIn(flat: FlatReader): SearchedText[] {
  const texts: SearchedText[] = [];
  for (let left = flat.number(); left > 0; left -= 1) {
    const field = textIn(flat) as SearchedField;
    const locale = flat.text();
    const text = textIn(flat);
    texts.push(locale === null ? { field, text } : { field, locale, text });
  }
  return texts;
}

function attributesIn(flat: FlatReader): AttributePair[] {
  const attributes: AttributePair[] = [];
  for (let left = flat.number(); left > 0; left -= 1) {
    attributes.push({ code: textIn(flat), value: textIn(flat) });
  }
  return attributes;
}

function pricesIn(flat: FlatReader): Record<string, number[]> {
  const prices: Record<string, number[]> = {};
  for (let left = flat.number(); left > 0; left -= 1) {
    const amounts: number[] = [];
    prices[textIn(flat)] = amounts;
    for (let count = flat.number(); count > 0; count -= 1) amounts.push(flat.number());
  }
  return prices;
}
