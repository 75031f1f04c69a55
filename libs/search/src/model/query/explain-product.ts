import { fieldsWith, weightOf, type FieldWeight } from '../index/analysed-product.js';
import type { IndexedProduct } from '../index/indexed-product.js';
import type { LiveSegment } from '../index/live-segment.js';
import { placeOf } from '../index/segment.js';
import { PhraseBonus } from './match-words.js';
import { postingsOf, type TermRange } from './resolve-words.js';
import type { QueryWord, SearchSelection } from './search-query.js';
import { ATTRIBUTES, BRAND, CATEGORY, PRICE, SegmentFilter } from './segment-filter.js';
import { popularityPoints, unavailableDeduction } from './select-page.js';
import { waysOfQuality, type WayOfAnswer } from './ways-of-answer.js';

/** A term of the product that answers a word. */
export interface AnsweringTerm {
  /** Folded; of a category its name as it is written. */
  readonly term: string;
  readonly way: WayOfAnswer;
  /** Up to 100, by the way. */
  readonly quality: number;
  /** How well the product answers the term, by where it stands: its best field, and an eighth of each other. */
  readonly impact: number;
  /** Where it stands, best first. */
  readonly fields: readonly FieldWeight[];
  /** Quality times impact. */
  readonly points: number;
}

export interface ExplainedWord {
  readonly word: string;
  /** Best first; the first one counts. None: the product is not found by the word. */
  readonly answers: readonly AnsweringTerm[];
}

/** Why a product is not in a list. */
export type Dropped =
  | 'words'
  | 'currency'
  | 'since'
  | 'availability'
  | 'category'
  | 'brand'
  | 'price'
  | `attribute:${string}`;

export interface ExplainedProduct {
  readonly id: string;
  readonly words: readonly ExplainedWord[];
  /** For words side by side in a name as they are in the query. */
  readonly phrasePoints: number;
  /** For what is often ordered. */
  readonly popularityPoints: number;
  /** For what cannot be had. */
  readonly deductedPoints: number;
  /** Points of the best answer to each word, phrases and popularity, without deductions; 0 unless all words are answered. */
  readonly score: number;
  /** Empty for one that is listed. */
  readonly droppedBy: readonly Dropped[];
}

/** What a segment does with one of its products for a selection; the score is the one it is sorted by. */
export function explainProduct(
  live: LiveSegment,
  ranges: readonly (readonly TermRange[])[],
  selection: SearchSelection,
  source: Pick<IndexedProduct, 'id' | 'texts'>,
): ExplainedProduct {
  const product = live.segment.ids.find(source.id);
  if (product === undefined) throw new TypeError('the product is not in the segment');
  const words = selection.words.map((word, index) =>
    explainWord(live, product, word, ranges[index] ?? [], source),
  );
  const isAnswered = words.every(({ answers }) => answers.length > 0);
  const best = words.reduce((sum, { answers }) => sum + (answers[0]?.points ?? 0), 0);
  const phrasePoints = isAnswered ? new PhraseBonus(live, ranges).of(product) : 0;
  const points = isAnswered ? best + phrasePoints : 0;
  const popular = popularityPoints(live, product, points);
  const deductedPoints = unavailableDeduction(live, product, points);
  const dropped = droppedBy(live, product, selection);
  return {
    id: source.id,
    words,
    phrasePoints,
    popularityPoints: popular,
    deductedPoints,
    score: points + popular - deductedPoints,
    droppedBy: isAnswered ? dropped : ['words', ...dropped],
  };
}

function explainWord(
  live: LiveSegment,
  product: number,
  { forms: [word = ''] }: QueryWord,
  ranges: readonly TermRange[],
  { texts }: Pick<IndexedProduct, 'texts'>,
): ExplainedWord {
  const { terms, postings } = live.segment;
  const answers = new Map<string, AnsweringTerm>();
  for (const range of ranges) {
    const { from, to, quality, phrase, category } = range;
    const note = (text: string, impact: number): void => {
      const points = impact * quality;
      const key = category === undefined ? text : `category ${category}`;
      if (impact === 0 || (answers.get(key)?.points ?? -1) >= points) return;
      const way = waysOfQuality.get(quality) ?? 'exact';
      const fields =
        category === undefined
          ? text.split(' ').flatMap((term) => fieldsWith(texts, term))
          : [{ field: 'category' as const, weight: weightOf('category', 1) }];
      answers.set(key, { term: category ?? text, way, quality, impact, points, fields });
    };
    if (phrase !== undefined) note(phrase.text, impactOf(postingsOf(range, postings), product));
    for (let term = from; term < to; term += 1) {
      const own = postingsOf({ from: term, to: term + 1, quality }, postings);
      note(terms.at(term), impactOf(own, product));
    }
  }
  return {
    word,
    answers: [...answers.values()].sort(
      (one, other) => other.points - one.points || (one.term < other.term ? -1 : 1),
    ),
  };
}

/** 0 when the product is not among them. */
function impactOf(
  { products, impacts, start, end }: ReturnType<typeof postingsOf>,
  product: number,
): number {
  const place = placeOf(product, products, start, end);
  return place === undefined ? 0 : (impacts[place] as number);
}

function droppedBy(live: LiveSegment, product: number, selection: SearchSelection): Dropped[] {
  const { segment } = live;
  const min = segment.prices.get(selection.currency)?.min[product] ?? Number.NaN;
  const dropped: Dropped[] = [];
  if (Number.isNaN(min)) dropped.push('currency');
  const { sinceDay = 0 } = selection;
  if ((segment.publishedDays[product] as number) < sinceDay) dropped.push('since');
  if (selection.isAvailable && segment.availability[product] === 0) dropped.push('availability');
  const filter = new SegmentFilter(live, {
    ...selection,
    sinceDay: undefined,
    isAvailable: false,
  });
  const failed = filter.failedBy(product);
  if (failed <= 0) return dropped;
  if ((failed & CATEGORY) !== 0) dropped.push('category');
  if ((failed & BRAND) !== 0) dropped.push('brand');
  if ((failed & PRICE) !== 0) dropped.push('price');
  for (const [index, code] of filter.codes.entries()) {
    if ((failed & (ATTRIBUTES << index)) !== 0) dropped.push(`attribute:${code}`);
  }
  return dropped;
}
