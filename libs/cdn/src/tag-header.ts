import type { CdnProvider } from '#libs/config';

/** The header in which an answer tells a shared cache what it is made of. */
export interface TagHeader {
  readonly name: string;
  /** undefined when the tags are too long to be said: a part of them would let a purge miss the answer. */
  readonly valueOf: (tags: Iterable<string>) => string | undefined;
}

/** Those who read them take lines of 8 KiB at least; half of it leaves room for everything else. */
const MAX_LENGTH = 4_096;
/** Neither a separator of any provider, nor but for the dot special in a regular expression. */
const UNSAFE_IN_TAG = /[^A-Za-z0-9:._~/@=-]/gu;

/** Cloudflare reads a header of its own; Fastly, and Varnish by the files in docker/varnish, read this one. */
export function tagHeaderFor(provider: CdnProvider | undefined): TagHeader {
  return provider === 'cloudflare' ? headerOf('cache-tag', ',') : headerOf('surrogate-key', ' ');
}

/** A tag as it stands in headers and purges; two tags never become one text. */
export function encodeTag(tag: string): string {
  return tag.replace(UNSAFE_IN_TAG, encodeUnsafe);
}

function headerOf(name: string, separator: string): TagHeader {
  return {
    name,
    valueOf: (tags) => {
      const value = [...tags].map(encodeTag).join(separator);
      return value.length > MAX_LENGTH ? undefined : value;
    },
  };
}

function encodeUnsafe(character: string): string {
  return Buffer.from(character)
    .reduce((text, byte) => `${text}%${byte.toString(16).padStart(2, '0')}`, '')
    .toUpperCase();
}
