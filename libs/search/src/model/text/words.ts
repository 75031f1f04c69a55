import { cutText, foldText } from '#libs/kernel';

/** A word of a text, folded, with the other ways in which people write it. */
export interface Word {
  readonly term: string;
  /** With ae, oe, ue for ä, ö, ü; and, at the first part of a compound, all its parts as one word. */
  readonly others: readonly string[];
  /** Two characters of a script that puts no space between words. */
  readonly isBigram: boolean;
}

export const MAX_TERM_LENGTH = 60;
/** A longer chain (an address, a path) is no word that people write without its separators. */
export const MAX_PARTS = 5;

const CHUNK = /\S+/g;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
// oxlint-disable-next-line eslint/no-control-regex
export const ASCII = /^[\u{0}-\u{7f}]*$/u;
const PLAIN = /^[a-z0-9]+$/;
const PLAIN_WORD = /[a-z0-9]+/g;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3005\u30FC]+/gu;
const SPELLED: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
};
const UMLAUT = new RegExp(`[${Object.keys(SPELLED).join('')}]`);
const UMLAUTS = new RegExp(UMLAUT, 'g');
const NO_OTHERS: readonly string[] = [];

/**
 * The words of a text in their order. Folded: lower case, without diacritics, sharp s as ss, every i
 * of Turkish as i. Runs of scripts without spaces become pairs of characters, and their last character.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const isAscii = ASCII.test(text);
  const source = isAscii ? text.toLowerCase() : text.normalize('NFC');
  for (const chunk of source.match(CHUNK) ?? []) {
    if (isAscii) addAscii(words, chunk);
    else addChunk(words, chunk);
  }
  return words;
}

/**
 * The words of a text that somebody asks with. The last character of a run is none of them: it is in the pair before it, and where more
 * of the run comes in a product it is no word there.
 */
export function askedWords(text: string): Word[] {
  return wordsOf(text).filter(
    ({ term, isBigram }, index, words) => isBigram || !isBehind(words[index - 1], term),
  );
}

/** How many words people would say they are: pairs of a run are one together. */
export function countWords(words: readonly Pick<Word, 'term' | 'isBigram'>[]): number {
  return words.filter(({ term, isBigram }, index) => {
    const [first = ''] = term;
    return !isBigram || !isBehind(words[index - 1], first);
  }).length;
}

/** Whether it is the second of a pair. */
function isBehind(before: Pick<Word, 'term' | 'isBigram'> | undefined, character: string): boolean {
  return before?.isBigram === true && [...before.term][1] === character;
}

/**
 * A word with ae, oe, ue for ä, ö, ü; undefined where it has none of these. `next`: the word behind it in the text, with which it may
 * be part of a compound.
 */
export function spellingOf({ term, others }: Word, next: Word | undefined): string | undefined {
  const joined = next === undefined ? undefined : cut(term + next.term);
  return others.find((other) => joined === undefined || !other.startsWith(joined));
}

/** The words of a text, folded, as people would read them: runs of scripts without spaces stay whole. */
export function readableWords(text: string): string[] {
  return (text.normalize('NFC').match(WORD) ?? []).map((word) => cut(foldText(word)));
}

/** Most texts, most of the time: nothing has to be folded or taken apart. */
function addAscii(words: Word[], chunk: string): void {
  if (PLAIN.test(chunk)) return add(words, chunk, NO_OTHERS);
  const parts = chunk.match(PLAIN_WORD) ?? [];
  const joined = isCompound(parts) ? [cut(parts.join(''))] : NO_OTHERS;
  for (const [index, part] of parts.entries()) add(words, part, index === 0 ? joined : NO_OTHERS);
}

function addChunk(words: Word[], chunk: string): void {
  const parts = chunk.match(WORD) ?? [];
  const joined = isCompound(parts) ? cut(foldText(parts.join(''))) : undefined;
  for (const [index, part] of parts.entries()) {
    addPart(words, part, index === 0 ? joined : undefined);
  }
}

function isCompound(parts: readonly string[]): boolean {
  return parts.length > 1 && parts.length <= MAX_PARTS;
}

function addPart(words: Word[], part: string, joined: string | undefined): void {
  const term = foldText(part);
  let end = 0;
  for (const run of term.matchAll(UNSPACED)) {
    if (run.index > end) add(words, term.slice(end, run.index), NO_OTHERS);
    addBigrams(words, run[0]);
    end = run.index + run[0].length;
  }
  if (end === term.length) return;
  if (end > 0) return add(words, term.slice(end), NO_OTHERS);
  const spelled = UMLAUT.test(part)
    ? cut(foldText(part.replace(UMLAUTS, (letter) => SPELLED[letter] ?? letter)))
    : undefined;
  add(
    words,
    term,
    spelled === undefined && joined === undefined
      ? NO_OTHERS
      : [spelled, joined].filter((other) => other !== undefined),
  );
}

function add(words: Word[], term: string, others: readonly string[]): void {
  words.push({ term: cut(term), others, isBigram: false });
}

function addBigrams(words: Word[], run: string): void {
  const characters = [...run];
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1];
    words.push({
      term: next === undefined ? character : character + next,
      others: NO_OTHERS,
      isBigram: next !== undefined,
    });
  }
}

function cut(term: string): string {
  return term.length > MAX_TERM_LENGTH ? cutText(term, MAX_TERM_LENGTH) : term;
}
