import { wordsOf, type Word } from '../text/words.js';
import type { IndexedProduct, SearchedField, SearchedText } from './indexed-product.js';

/** How well a product answers one of its words, 1 to 255. */
export type Impact = number;

/** The words of a product. */
export interface AnalysedProduct {
  readonly impacts: ReadonlyMap<string, Impact>;
  /** The words of each of its names, in order; phrases are looked for in them. */
  readonly names: readonly (readonly string[])[];
}

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

interface AnalysedText extends FieldWeight {
  readonly words: readonly Word[];
}

export function analyse({ texts }: Pick<IndexedProduct, 'texts'>): AnalysedProduct {
  const impacts = new Map<string, Impact>();
  const names: string[][] = [];
  for (const { field, weight, words } of analysedTexts(texts)) {
    for (const { term, others } of words) {
      note(impacts, term, weight);
      for (const other of others) note(impacts, other, weight);
    }
    if (field === 'name') names.push(words.map(({ term }) => term));
  }
  return { impacts, names };
}

/** Where a term stands, as often as it does; best first. */
export function fieldsWith(texts: readonly SearchedText[], term: string): FieldWeight[] {
  return [...analysedTexts(texts)]
    .flatMap(({ field, weight, words }) =>
      words
        .filter((word) => word.term === term || word.others.includes(term))
        .map(() => ({ field, weight })),
    )
    .sort((one, other) => other.weight - one.weight);
}

function* analysedTexts(texts: readonly SearchedText[]): Generator<AnalysedText> {
  const seen = new Set<string>();
  for (const { field, text } of texts) {
    // The same in several languages counts once.
    const key = `${field} ${text}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const all = wordsOf(text);
    const words = field === 'description' ? all.slice(0, MAX_DESCRIPTION_WORDS) : all;
    const weight = field === 'name' ? nameWeight(words.length) : weights[field];
    yield { field, weight, words };
  }
}

/** The best field counts; each further one adds an eighth of its weight. */
function note(impacts: Map<string, Impact>, term: string, weight: number): void {
  const before = impacts.get(term);
  if (before === undefined) {
    impacts.set(term, weight);
    return;
  }
  const [less, more] = before < weight ? [before, weight] : [weight, before];
  impacts.set(term, Math.min(MAX_IMPACT, more + (less >> 3)));
}
