import { askedWords, countWords, spellingOf, type Word } from '../text/words.js';
import { ruleLimits, type SearchRuleContent } from './search-rule.js';

/** Folded words that a product must have all of. */
export type Phrase = readonly string[];

/** The rules of a store as searches use them, by folded phrases. */
export interface CompiledRules {
  readonly synonyms: Readonly<Record<string, readonly Phrase[]>>;
  readonly redirects: Readonly<Record<string, string>>;
  /** What no suggested query has. */
  readonly hidden: readonly string[];
}

export const NO_RULES: CompiledRules = { synonyms: {}, redirects: {}, hidden: [] };

/** Of rules that contradict each other the first one counts. */
export function compileRules(rules: readonly SearchRuleContent[]): CompiledRules {
  const synonyms = new Map<string, Map<string, Phrase>>();
  const redirects = new Map<string, string>();
  const hidden = new Set<string>();
  const add = (word: string, others: readonly string[]): void => {
    const keys = keysOf(word);
    for (const key of keys) {
      const known = synonyms.get(key) ?? new Map<string, Phrase>();
      for (const other of others.flatMap(keysOf)) {
        if (!keys.includes(other) && known.size < ruleLimits.synonyms) {
          known.set(other, other.split(' '));
        }
      }
      synonyms.set(key, known);
    }
  };
  for (const rule of rules) {
    if (rule.kind === 'hidden') {
      for (const key of rule.words.flatMap(keysOf)) hidden.add(key);
      continue;
    }
    if (rule.kind === 'redirect') {
      const keys = rule.words.flatMap(keysOf);
      for (const key of keys) if (!redirects.has(key)) redirects.set(key, rule.url);
      continue;
    }
    for (const word of rule.words) add(word, rule.kind === 'synonyms' ? rule.words : rule.synonyms);
  }
  return {
    synonyms: record([...synonyms].map(([key, phrases]) => [key, [...phrases.values()]])),
    redirects: record([...redirects]),
    hidden: [...hidden],
  };
}

/** Where a query is sent; undefined: nowhere. */
export function redirectOf({ redirects }: CompiledRules, query: string): string | undefined {
  for (const key of keysOf(query)) if (Object.hasOwn(redirects, key)) return redirects[key];
  return undefined;
}

/**
 * The synonyms of each word of a query, by its term: those of the word, and of phrases that it is in. A synonym has none
 * of its own, so rules may lead in a circle.
 */
export function synonymsIn(
  { synonyms }: CompiledRules,
  words: readonly Word[],
): ReadonlyMap<string, readonly Phrase[]> {
  const found = new Map<string, Map<string, Phrase>>();
  for (let from = 0; from < words.length; from += 1) {
    const most = words.length - from;
    for (let length = 1; length <= most; length += 1) {
      const run = words.slice(from, from + length);
      if (countWords(run) > ruleLimits.phrase) break;
      const keys =
        length === 1
          ? [run[0]?.term ?? '', ...(run[0]?.others ?? [])]
          : new Set([keyOf(run), spelledKeyOf(run, words[from + length])]);
      const phrases = [...keys].flatMap((key) =>
        Object.hasOwn(synonyms, key) ? (synonyms[key] ?? []) : [],
      );
      if (phrases.length === 0) continue;
      for (const { term } of run) {
        const own = found.get(term) ?? new Map<string, Phrase>();
        found.set(term, own);
        for (const phrase of phrases) {
          if (own.size < ruleLimits.synonyms) own.set(phrase.join(' '), phrase);
        }
      }
    }
  }
  return new Map([...found].map(([term, phrases]) => [term, [...phrases.values()]]));
}

/** The folded words of a text; none when it has no letter or digit, or too many. Characters of a script without spaces are one word together. */
export function phraseOf(text: string): Phrase {
  const words = askedWords(text);
  const bigrams = words.filter(({ isBigram }) => isBigram).length;
  if (countWords(words) > ruleLimits.phrase || bigrams >= ruleLimits.run) return [];
  return words.map(({ term }) => term);
}

/** How a text is looked up: its folded words, in pairs where its script has no spaces. */
export function keyOfText(text: string): string {
  return keyOf(askedWords(text));
}

/** A text as it is looked up, and as one word where it is a compound, or with ae, oe, ue. */
function keysOf(text: string): string[] {
  const words = askedWords(text);
  if (words.length === 0) return [];
  const [first, ...more] = words;
  const others = first?.others ?? [];
  if (more.length === 0) return [keyOf(words), ...others];
  return [...new Set([keyOf(words), ...others.filter(isJoin(words)), spelledKeyOf(words)])];
}

/** Whether it is all the words written as one. */
function isJoin(words: readonly { readonly term: string }[]): (other: string) => boolean {
  return (other) => other === words.map(({ term }) => term).join('');
}

function keyOf(words: readonly { readonly term: string }[]): string {
  return words.map(({ term }) => term).join(' ');
}

/** The same with ae, oe, ue in each word that has them; `behind`: the word that comes after these. */
function spelledKeyOf(words: readonly Word[], behind?: Word): string {
  return words
    .map((word, index) => spellingOf(word, words[index + 1] ?? behind) ?? word.term)
    .join(' ');
}

/** Without a prototype: words of shoppers are looked up in it. */
function record<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.assign(Object.create(null) as object, Object.fromEntries(entries)) as Record<
    string,
    Value
  >;
}
