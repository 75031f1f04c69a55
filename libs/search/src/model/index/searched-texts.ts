import { plainText } from '../text/plain-text.js';
import type { SearchedText } from './indexed-product.js';

/** What is written of a product in all languages, as far as it is found by it. */
export interface WrittenProduct {
  readonly texts: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly seoTitle: string | null;
        readonly descriptionHtml: string;
      }
    >
  >;
  readonly brand: string | null;
  readonly attributes: readonly { readonly value: string }[];
  readonly variants: readonly {
    readonly sku: string | null;
    readonly barcode: string | null;
    readonly optionValues: readonly string[];
  }[];
}

/** The texts that a product is found by, without empty ones. */
export function searchedTexts({
  texts,
  brand,
  attributes,
  variants,
}: WrittenProduct): SearchedText[] {
  const searched: SearchedText[] = [];
  const add = (field: SearchedText['field'], text: string | null): void => {
    if (text !== null && text !== '') searched.push({ field, text });
  };
  for (const [locale, { name, seoTitle, descriptionHtml }] of Object.entries(texts)) {
    if (name !== '') searched.push({ field: 'name', text: name, locale });
    add('title', seoTitle);
    add('description', plainText(descriptionHtml));
  }
  add('brand', brand);
  for (const { value } of attributes) add('attribute', value);
  for (const { sku, barcode, optionValues } of variants) {
    add('code', sku);
    add('code', barcode);
    for (const value of optionValues) add('option', value);
  }
  return searched;
}
