import { cutText, foldToLetters } from '#libs/kernel';
import type { ProductContent } from '../../model/product.js';

const MAX_TERMS = 2_000;
const MAX_TERM_LENGTH = 60;
const MAX_QUERY_WORDS = 8;
const WORD = /[\p{L}\p{N}]+/gu;

/** Stored: without any mark, so that none is taken for the end of a word and no stored term has to be made anew. */
function wordsOf(text: string): string[] {
  const words = foldToLetters(text).match(WORD) ?? [];
  return words.map((word) => cutText(word, MAX_TERM_LENGTH));
}

/**
 * What a product is found by: names and SEO titles in all languages, brand, SKUs (in parts and as
 * a whole), barcodes, attribute and option values. Sorted, without duplicates, bounded.
 */
export function searchTerms(product: ProductContent): string[] {
  const terms = new Set<string>();
  const add = (text: string | null): void => {
    for (const word of text === null ? [] : wordsOf(text)) {
      if (terms.size < MAX_TERMS) terms.add(word);
    }
  };
  for (const text of Object.values(product.texts)) {
    add(text.name);
    add(text.seoTitle);
  }
  add(product.brand);
  for (const { value } of product.attributes) add(value);
  for (const { sku, barcode, optionValues } of product.variants) {
    add(sku);
    // Typed without its dashes, a SKU is found all the same.
    if (sku !== null) add(wordsOf(sku).join(''));
    add(barcode);
    for (const value of optionValues) add(value);
  }
  return [...terms].sort();
}

/** The words of a query, each of which a product must have a term beginning with. */
export function queryWords(query: string): string[] {
  return [...new Set(wordsOf(query))].slice(0, MAX_QUERY_WORDS);
}
