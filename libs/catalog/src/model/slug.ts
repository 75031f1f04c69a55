const MAX_SLUG_LENGTH = 200;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

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
};

/** Lower case, without diacritics and typographic variants: how texts are compared and sorted. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => SPELLED_OUT[letter] ?? letter);
}

/**
 * The beginning of a text, at most `max` UTF-16 units long, as columns count; a character that needs
 * two of them is never split.
 */
export function cutText(text: string, max: number): string {
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}

/** A slug made from a name; empty when the name has no Latin letter or digit. */
export function slugFrom(name: string): string {
  return foldText(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-+|-+$/g, '');
}

export function isSlug(text: string): boolean {
  return text.length <= MAX_SLUG_LENGTH && SLUG.test(text);
}

/** The slug with an ending taken from the random part of an id, for when the plain one is taken. */
export function slugWithId(slug: string, id: string): string {
  const ending = id.slice(-8);
  const room = MAX_SLUG_LENGTH - ending.length - 1;
  return slug === '' ? ending : `${slug.slice(0, room).replace(/-+$/, '')}-${ending}`;
}
