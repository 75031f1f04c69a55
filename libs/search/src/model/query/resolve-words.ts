import type { LiveSegment } from '../index/live-segment.js';
import { itemsOf, type Postings } from '../index/segment.js';
import { phrasePostings, type PhrasePostings } from './phrase-postings.js';
import type { QueryWord, SearchSelection } from './search-query.js';
import { allowedEdits } from './similar-terms.js';
import { qualities, type WayOfAnswer } from './ways-of-answer.js';

/** Terms of a segment that answer a word, from the first to before the last, and how well: up to 100. */
export interface TermRange {
  readonly from: number;
  readonly to: number;
  readonly quality: number;
  /** Instead of those of the terms: the products that have all words of a synonym, or those of a category. */
  readonly phrase?: PhrasePostings;
  /** The name of the category that the products are in, or below, where they answer by it. */
  readonly category?: string;
}

/** By the number of edits. */
const typingErrors: readonly WayOfAnswer[] = ['oneEdit', 'twoEdits'];

/** For each segment, the terms for each word. */
export type ResolvedWords = readonly (readonly (readonly TermRange[])[])[];

/**
 * Which terms of each segment answer the words of a selection. Exact first: typing errors are looked
 * for only in a word that no product answers otherwise, and the fewest that lead to a product; with
 * `isRelaxed` in every word. Undefined when no product answers one of the words.
 */
export function resolveWords(
  segments: readonly LiveSegment[],
  { words, languageCode }: Pick<SearchSelection, 'words' | 'languageCode'>,
  isRelaxed: boolean,
): ResolvedWords | undefined {
  const perWord: (readonly TermRange[])[][] = [];
  for (const word of words) {
    const direct = segments.map((live) => directTerms(live, word, languageCode));
    const isDirect = isHeld(segments, direct);
    const similar = isDirect && !isRelaxed ? undefined : nearestTerms(segments, word);
    if (!isDirect && similar === undefined) return undefined;
    perWord.push(direct.map((ranges, index) => [...ranges, ...(similar?.[index] ?? [])]));
  }
  return segments.map((_, index) => perWord.map((ranges) => ranges[index] ?? []));
}

/** Whether a product answers the word without a typing error. */
export function isAnswered(
  segments: readonly LiveSegment[],
  word: QueryWord,
  languageCode: string | undefined,
): boolean {
  return isHeld(
    segments,
    segments.map((live) => directTerms(live, word, languageCode)),
  );
}

function directTerms(
  live: LiveSegment,
  word: QueryWord,
  languageCode: string | undefined,
): TermRange[] {
  const { segment } = live;
  const { terms } = segment;
  const ranges: TermRange[] = [];
  const add = (from: number, to: number, quality: number): void => {
    if (to > from) ranges.push({ from, to, quality });
  };
  const addTerm = (text: string, quality: number): void => {
    const term = terms.find(text);
    if (term !== undefined) add(term, term + 1, quality);
  };
  for (const form of word.forms) {
    if (word.isBigram) {
      addTerm(form, qualities.exact);
      continue;
    }
    const from = terms.lowerBound(form);
    const to = terms.prefixEnd(form, from);
    const isExact = to > from && terms.compare(from, form) === 0;
    if (isExact) add(from, from + 1, qualities.exact);
    add(isExact ? from + 1 : from, to, word.isLast ? qualities.typed : qualities.beginning);
  }
  for (const join of word.joins) addTerm(join, qualities.joined);
  for (const phrase of word.synonyms) {
    const [first = '', ...more] = phrase;
    if (more.length === 0) addTerm(first, qualities.synonym);
    else {
      const postings = phrasePostings(segment, phrase);
      if (postings !== undefined) {
        ranges.push({ from: 0, to: 0, quality: qualities.synonym, phrase: postings });
      }
    }
  }
  const groups = languageCode === undefined ? undefined : segment.stems.get(languageCode);
  const group = word.stem === undefined ? undefined : groups?.stems.find(word.stem);
  if (groups !== undefined && group !== undefined) {
    for (const term of itemsOf(groups.terms, group)) add(term, term + 1, qualities.stem);
  }
  ranges.push(...categoryRanges(live, word, (way) => !typingErrors.includes(way)));
  return ranges;
}

/** The products of the categories whose names answer the word in one of the ways. */
function categoryRanges(
  live: LiveSegment,
  word: QueryWord,
  isWanted: (way: WayOfAnswer) => boolean,
): TermRange[] {
  return word.categories
    .filter(({ way }) => isWanted(way))
    .flatMap(({ name, way, ids }) =>
      ids.flatMap((id) => {
        const phrase = live.categories.of(id);
        const quality = qualities[way];
        return phrase === undefined ? [] : [{ from: 0, to: 0, quality, phrase, category: name }];
      }),
    );
}

/** With the fewest edits that lead to a product; undefined when none do. */
function nearestTerms(
  segments: readonly LiveSegment[],
  word: QueryWord,
): readonly (readonly TermRange[])[] | undefined {
  const [text = ''] = word.forms;
  const most = word.isBigram ? 0 : allowedEdits(text);
  if (most === 0) return undefined;
  const found = segments.map(({ spellings }) => spellings.similarTo(text, most, word.isLast));
  for (let edits = 1; edits <= most; edits += 1) {
    const quality = edits === 1 ? qualities.oneEdit : qualities.twoEdits;
    const ways = typingErrors.slice(0, edits);
    const ranges = segments.map((live, index) => [
      ...(found[index] ?? [])
        .filter((each) => each.edits <= edits)
        .map(({ term }) => ({ from: term, to: term + 1, quality })),
      ...categoryRanges(live, word, (way) => ways.includes(way)),
    ]);
    if (isHeld(segments, ranges)) return ranges;
  }
  return undefined;
}

/** A product that is still there has one of the terms. */
function isHeld(
  segments: readonly LiveSegment[],
  perSegment: readonly (readonly TermRange[])[],
): boolean {
  return segments.some(({ segment: { postings }, alive }, index) =>
    (perSegment[index] ?? []).some((range) => {
      const { products, start, end } = postingsOf(range, postings);
      for (let at = start; at < end; at += 1) {
        if (alive[products[at] as number] === 1) return true;
      }
      return false;
    }),
  );
}

/** Where the products of a range are, and how well each answers. */
export function postingsOf(
  { from, to, phrase }: TermRange,
  postings: Postings,
): {
  readonly products: Uint32Array;
  readonly impacts: Uint8Array;
  readonly start: number;
  readonly end: number;
} {
  if (phrase !== undefined) {
    const { products, impacts } = phrase;
    return { products, impacts, start: 0, end: products.length };
  }
  const { offsets, products, impacts } = postings;
  return { products, impacts, start: offsets[from] as number, end: offsets[to] as number };
}
