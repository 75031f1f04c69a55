/** Letters that Unicode does not decompose although people write them with two. */
const SPELLED_OUT: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};
const NOT_DECOMPOSED = new RegExp(`[${Object.keys(SPELLED_OUT).join('')}]`, 'g');

// oxlint-disable-next-line eslint/no-control-regex
const ASCII = /^[\u{0}-\u{7f}]*$/u;

/**
 * Marks that people leave out: accents of Latin, Greek and Cyrillic, vowels of Arabic and Hebrew. Those of other scripts are letters by
 * themselves (vowel signs of Devanagari and Thai), and so are the two that make ガ of カ.
 */
const DIACRITIC =
  /(?=\p{M})(?![\u3099\u309A])[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]/gu;
const LETTER_WITH_MARKS = /\P{M}\p{M}+/gu;

/** Lower case, without diacritics and typographic variants: how texts are compared and sorted. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return inLowerCase(text.normalize('NFKD').replace(DIACRITIC, '')).replace(
    LETTER_WITH_MARKS,
    (letter) => letter.normalize('NFC'),
  );
}

/** The same without any mark, whatever it makes of a letter: for finding among few, where more than what was meant does no harm. */
export function foldToLetters(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return inLowerCase(text.normalize('NFKD').replace(/\p{M}+/gu, ''));
}

function inLowerCase(text: string): string {
  return text.toLowerCase().replace(NOT_DECOMPOSED, (letter) => SPELLED_OUT[letter] ?? letter);
}

/**
 * The beginning of a text, at most `max` UTF-16 units long, as columns count; a character that needs
 * two of them is never split.
 */
export function cutText(text: string, max: number): string {
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}
