import { cutText, foldText } from '#libs/kernel';
import { alphabetOf, type Alphabet } from './alphabet.js';
import { ASCII } from './words.js';

/** In UTF-16 units. */
const MAX_LENGTH = 200;
/** Digits of one number; its length is a character between the space and the letters. */
const MAX_DIGITS = 30;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;

const LETTER = /^[\p{L}\p{N}]/u;
const MARK = /^\p{M}/u;
/** Of several accents those below a letter do not come between it and the others. */
const BELOW = /^[\u031b\u0323-\u0331]/;

/**
 * What a text is compared by, unit by unit, to stand where people who speak the language look for it: letters in the order
 * of their alphabet, numbers by their value, whatever is neither as one space between words and as nothing at the ends.
 * Texts that differ in nothing but case, accents that make no other letter, and punctuation have the same. It is made from
 * tables, so it is the same in every process. Letters that are in no table come last, by their code.
 */
export function collationKey(text: string, locale: string): string {
  const alphabet = alphabetOf(locale);
  const lower = lowerOf(text, alphabet);
  let key = '';
  let isApart = false;
  for (let at = 0; at < lower.length && key.length < MAX_LENGTH;) {
    const code = alphabet.simple[lower.charCodeAt(at)] ?? 0;
    if (code !== 0) {
      key += isApart ? ` ${String.fromCharCode(code)}` : String.fromCharCode(code);
      isApart = false;
      at += 1;
      continue;
    }
    const digits = numberLength(lower, at);
    const length = digits > 0 ? digits : letterLength(lower, at, alphabet);
    const part = lower.slice(at, at + length);
    at += length;
    const next = digits > 0 ? numberKey(part) : letterKey(part, alphabet);
    if (next === undefined) {
      isApart = key !== '';
      continue;
    }
    key += isApart && next !== '' ? ` ${next}` : next;
    if (next !== '') isApart = false;
  }
  return cutText(key, MAX_LENGTH);
}

function lowerOf(text: string, { isDotless }: Alphabet): string {
  const plain = ASCII.test(text) ? text : text.normalize('NFKC');
  return isDotless ? plain.toLocaleLowerCase('tr') : plain.toLowerCase();
}

/** Noughts in front of a number do not count. */
function numberLength(text: string, start: number): number {
  let first = start;
  while (text.charCodeAt(first) === ZERO) first += 1;
  let end = first;
  while (end - first < MAX_DIGITS && isDigit(text.charCodeAt(end))) end += 1;
  return end - start;
}

function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE;
}

/** A longer number is the greater one. */
function numberKey(digits: string): string {
  const number = digits.replace(/^0+(?=\d)/, '');
  return String.fromCharCode(SPACE + number.length) + number;
}

/** Of what stands there: the longest letter of the alphabet, or else a character. */
function letterLength(text: string, at: number, { letters, longest }: Alphabet): number {
  for (let length = longest; length > 1; length -= 1) {
    if (letters.has(text.slice(at, at + length))) return length;
  }
  return (text.codePointAt(at) ?? 0) > 0xff_ff ? 2 : 1;
}

/** Nothing for an accent that stands alone; undefined for what is no part of a word. */
function letterKey(letter: string, { letters }: Alphabet): string | undefined {
  const known = letters.get(letter);
  if (known !== undefined) return known;
  if (!LETTER.test(letter)) return MARK.test(letter) ? '' : undefined;
  const [base = '', ...marks] = letter.normalize('NFD');
  for (const mark of marks) {
    const marked = letters.get((base + mark).normalize('NFC'));
    if (marked !== undefined) return marked;
    if (!BELOW.test(mark)) break;
  }
  return Array.from(foldText(letter), (each) => letters.get(each) ?? each).join('');
}
