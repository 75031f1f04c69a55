import type { StoreIndex } from '../index/store-index.js';
import { languageOf } from '../text/language.js';
import { wordsOf } from '../text/words.js';
import type { QueryWord, SearchSelection } from './search-query.js';

/** Of each word so many others are tried. */
const MAX_TRIED = 3;
const NO_STOP_WORDS: ReadonlySet<string> = new Set();
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** What a query may have been meant to be. */
export interface Correction {
  readonly query: string;
  /** The terms that stand in it for others, folded. */
  readonly terms: readonly string[];
}

interface CountedCorrection extends Correction {
  readonly total: number;
}

/**
 * What a query with few answers may have been meant to be: words that no product has are replaced by
 * like ones that lead to the most products, and where every word is known, one that leads to more than
 * `total`. Undefined when there is nothing better. It selects at least one product, and more
 * than `total` unless it replaces what no product has.
 *
 * At most 8 words with 3 candidates each are counted, a fraction of a millisecond each.
 */
export function correctQuery(
  index: StoreIndex,
  query: string,
  parse: (text: string) => readonly QueryWord[],
  selection: SearchSelection,
  total: number,
): Correction | undefined {
  // What was meant is found as it is: a query whose words would have to be guessed at in turn is no better.
  const totalOf = (text: string): number =>
    index.totalAsWritten({ ...selection, words: parse(text) });
  const stopWords = languageOf(selection.languageCode ?? '')?.stopWords ?? NO_STOP_WORDS;
  const replacementOf = (text: string, word: QueryWord): CountedCorrection | undefined =>
    bestReplacement(text, word, index.likelyTerms(word, MAX_TRIED, stopWords), totalOf);
  const unknown = selection.words.filter(
    (word) => !word.isBigram && !index.hasWord(word, selection.languageCode),
  );
  let best: CountedCorrection = { query, terms: [], total };
  if (unknown.length === 0) {
    for (const word of selection.words) {
      const corrected = replacementOf(query, word);
      if (corrected !== undefined && corrected.total > best.total) best = corrected;
    }
    return best.terms.length === 0 ? undefined : best;
  }
  for (const word of unknown) {
    const corrected = replacementOf(best.query, word);
    if (corrected === undefined) return undefined;
    best = { ...corrected, terms: [...best.terms, ...corrected.terms] };
  }
  return best.total > 0 ? best : undefined;
}

function bestReplacement(
  query: string,
  word: QueryWord,
  terms: readonly string[],
  totalOf: (query: string) => number,
): CountedCorrection | undefined {
  let best: CountedCorrection | undefined;
  for (const term of terms) {
    const replaced = replaceWords(query, new Map([[word.forms[0] ?? '', term]]));
    const total = totalOf(replaced);
    if (best === undefined || total > best.total) best = { query: replaced, terms: [term], total };
  }
  return best;
}

/** Replaces words by their folded form; the text around them stays. */
export function replaceWords(text: string, replacements: ReadonlyMap<string, string>): string {
  return text.replace(WORD, (part) => replacements.get(termOf(part) ?? '') ?? part);
}

/** How one of the texts writes a folded term, in lower case; the term itself when none has it. */
export function writtenAs(term: string, texts: readonly string[]): string {
  for (const text of texts) {
    for (const [chunk] of text.matchAll(/\S+/g)) {
      const [first, ...more] = wordsOf(chunk);
      if (first?.others.includes(term) === true && more.length > 0) return trimmed(chunk);
    }
    for (const [part] of text.normalize('NFC').matchAll(WORD)) {
      const [word, ...more] = wordsOf(part);
      if (more.length > 0) continue;
      if (word?.term === term || word?.others.includes(term) === true) return part.toLowerCase();
    }
  }
  return term;
}

function termOf(part: string): string | undefined {
  const words = wordsOf(part);
  return words.length === 1 ? words[0]?.term : undefined;
}

/** Without what stands around a compound. */
function trimmed(chunk: string): string {
  return chunk.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, '');
}
