import { wordsOf } from '../text/words.js';
import { searchedFields, type SearchedField, type SearchedText } from './indexed-product.js';

/** Words of a longer description say little of a product and cost memory. */
const MAX_DESCRIPTION_WORDS = 150;
const MAX_IMPACT = 255;

const weights: Readonly<Record<Exclude<SearchedField, 'name'>, number>> = {
  code: 140,
  brand: 125,
  attribute: 60,
  option: 50,
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

/** Tells whether a text of a product counts: what is the same in several languages does once. */
export class DistinctTexts {
  /** The fields in which each text has been, as bits. */
  private readonly seen = new Map<string, number>();

  /** Of a product that has not been looked at. */
  begin(): void {
    this.seen.clear();
  }

  isNew({ field, text }: SearchedText): boolean {
    const bit = 1 << searchedFields.indexOf(field);
    const before = this.seen.get(text) ?? 0;
    this.seen.set(text, before | bit);
    return (before & bit) === 0;
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
