import { foldText } from '#libs/kernel';

const MAX_SLUG_LENGTH = 200;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

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
