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

/** Lower case, without diacritics and typographic variants: how texts are compared and sorted. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðłþıς]/g, (letter) => SPELLED_OUT[letter] ?? letter);
}

/**
 * The beginning of a text, at most `max` UTF-16 units long, as columns count; a character that needs
 * two of them is never split.
 */
export function cutText(text: string, max: number): string {
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}
