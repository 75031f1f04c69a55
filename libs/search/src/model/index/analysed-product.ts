import { wordsOf } from '../text/words.js';
import type { SearchedField, SearchedText } from './indexed-product.js';

/** Words of a longer description say little of a product and cost memory. */
const MAX_DESCRIPTION_WORDS = 150;
const MAX_IMPACT = 255;

const weights: Readonly<Record<Exclude<SearchedField, 'name'>, number>> = {
  code: 140,
  brand: 125,
  attribute: 70,
  option: 50,
  category: 45,
  title: 40,
  description: 12,
};

/** A word says the more of a product the fewer others its name has. */
function nameWeight(words: number): number {
  return Math.round(120 + 80 / Math.sqrt(words));
}

/** A field in which a word stands, and what it weighs there. */
export interface FieldWeight {
  readonly field: SearchedField;
  readonly weight: number;
}

/** How well a product answers a word (1 to 255) that stands in two of its texts: the better one counts, the other adds an eighth of its weight. */
export function combined(one: number, other: number): number {
  return Math.min(MAX_IMPACT, Math.max(one, other) + (Math.min(one, other) >> 3));
}

/** So many words of a text count. */
export function limitOf(field: SearchedField): number {
  return field === 'description' ? MAX_DESCRIPTION_WORDS : Infinity;
}

/** What each word of a text weighs. */
export function weightOf(field: SearchedField, words: number): number {
  return field === 'name' ? nameWeight(words) : weights[field];
}

/** Texts that are compared one by one: for as few as most products have, a table of them costs more. */
const FEW_TEXTS = 16;

/** Tells whether a text of a product counts: what is the same in several languages does once. */
export class DistinctTexts {
  private readonly few: SearchedText[] = [];
  /** The others, by field and text. */
  private readonly more = new Set<string>();

  /** Of a product that has not been looked at. */
  begin(): void {
    this.few.length = 0;
    if (this.more.size > 0) this.more.clear();
  }

  isNew(each: SearchedText): boolean {
    const { few, more } = this;
    if (few.some(({ field, text }) => field === each.field && text === each.text)) return false;
    if (few.length < FEW_TEXTS) few.push(each);
    else {
      const key = `${each.field} ${each.text}`;
      if (more.has(key)) return false;
      more.add(key);
    }
    return true;
  }
}

/** Where a term stands, as often as it does; best first. */
export function fieldsWith(texts: readonly SearchedText[], term: string): FieldWeight[] {
  const distinct = new DistinctTexts();
  return texts
    .filter((each) => distinct.isNew(each))
    .flatMap(({ field, text }) => {
      const words = wordsOf(text).slice(0, limitOf(field));
      const weight = weightOf(field, words.length);
      return words
        .filter((word) => word.term === term || word.others.includes(term))
        .map(() => ({ field, weight }));
    })
    .sort((one, other) => other.weight - one.weight);
}
