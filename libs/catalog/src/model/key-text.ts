/** In which store, language and currency something is looked at. */
interface KeyFocus {
  readonly storeCode: string;
  readonly locale: string;
  readonly currency: string;
}

/** Would end a part too early, or be taken for an escape. */
const AWKWARD = /[/%]/;

/** A part of the text of a cache key, without the `/` that ends it. What comes last in a text needs none of this. */
export function keyPart(part: string): string {
  return AWKWARD.test(part) ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part;
}

/**
 * The parts of a text, and whatever follows them as it is; undefined when there are fewer. A text that
 * was not made of parts gives some that make another text.
 */
export function keyParts(text: string, count: number): readonly string[] | undefined {
  const parts: string[] = [];
  let from = 0;
  while (parts.length < count) {
    const end = text.indexOf('/', from);
    if (end === -1) return undefined;
    parts.push(text.slice(from, end).replaceAll('%2F', '/').replaceAll('%25', '%'));
    from = end + 1;
  }
  return [...parts, text.slice(from)];
}

export function focusText({ storeCode, locale, currency }: KeyFocus): string {
  return `${keyPart(storeCode)}/${keyPart(locale)}/${keyPart(currency)}/`;
}

/** The focus that a text begins with, and the rest of it. */
export function readFocus(text: string): (KeyFocus & { readonly rest: string }) | undefined {
  const [storeCode, locale, currency, rest] = keyParts(text, 3) ?? [];
  if (storeCode === undefined || locale === undefined || currency === undefined) return undefined;
  return { storeCode, locale, currency, rest: rest ?? '' };
}
