import { synonymsIn } from '../rules/compile-rules.js';
import { hasStem } from '../index/stem-groups.js';
import { ruleLimits } from '../rules/search-rule.js';
import type { Language } from '../text/language.js';
import { askedWords, spellingOf, type Word } from '../text/words.js';
import { NO_LEXICON, type QueryLexicon } from './query-lexicon.js';
import type { QueryWord } from './search-query.js';

const MAX_WORDS = 8;
/** Pairs of characters; a sentence in a script without spaces has more of them than words. */
const MAX_BIGRAMS = ruleLimits.run - 1;
/** `10mm`; the longer what follows the number, the less likely is it a unit. */
const MEASURE = /^(\d+)(\p{L}{1,3})$/u;

/**
 * The words of a query in their order, each once; stop words only when there are no others. None when
 * the query has no letter or digit. Synonyms are looked up with stop words, as staff write them.
 */
export function parseQuery(
  query: string,
  language: Language | undefined,
  { rules, categories }: QueryLexicon = NO_LEXICON,
): QueryWord[] {
  const asked = askedWords(query);
  const nextOf = new Map(asked.map((word, index) => [word, asked[index + 1]]));
  const words = bounded(asked);
  const synonyms = synonymsIn(rules, words);
  const telling = words.filter(({ term }) => language?.stopWords.has(term) !== true);
  const wanted = distinct(telling.length > 0 ? telling : words);
  return wanted.map((word, index) => {
    const own: QueryWord = {
      forms: formsOf(word, nextOf.get(word)),
      joins: joinsAt(wanted, index),
      stem: language !== undefined && hasStem(word.term) ? language.stem(word.term) : undefined,
      isLast: index === wanted.length - 1,
      isBigram: word.isBigram,
      synonyms: [...(synonyms.get(word.term) ?? []), ...apart(word.term)],
      categories: [],
    };
    if (categories === undefined) return own;
    return { ...own, categories: categories.answering(own, language?.code) };
  });
}

function bounded(words: readonly Word[]): Word[] {
  let bigrams = 0;
  let others = 0;
  return words.filter(({ isBigram }) => {
    if (isBigram) bigrams += 1;
    else others += 1;
    return isBigram ? bigrams <= MAX_BIGRAMS : others <= MAX_WORDS;
  });
}

function distinct(words: readonly Word[]): Word[] {
  const seen = new Set<string>();
  return words.filter(({ term }) => {
    if (seen.has(term)) return false;
    seen.add(term);
    return true;
  });
}

/** The joined form of a compound is among the joins of all its parts. */
function formsOf(word: Word, next: Word | undefined): string[] {
  const spelling = spellingOf(word, next);
  return spelling === undefined ? [word.term] : [word.term, spelling];
}

/** `10mm` is `10 mm` too. The other way round it is one of the joins. */
function apart(term: string): string[][] {
  const [, number, unit] = MEASURE.exec(term) ?? [];
  return number === undefined || unit === undefined ? [] : [[number, unit]];
}

/** `t shirt` and `t-shirt` are `tshirt` too: the word with its neighbours, two and three together. */
function joinsAt(words: readonly Word[], index: number): string[] {
  const joins: string[] = [];
  for (const length of [2, 3]) {
    for (let start = index - length + 1; start <= index; start += 1) {
      const run = words.slice(Math.max(0, start), start + length);
      if (start < 0 || run.length < length || run.some(({ isBigram }) => isBigram)) continue;
      joins.push(run.map(({ term }) => term).join(''));
    }
  }
  return joins;
}
