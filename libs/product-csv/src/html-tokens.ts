/** A piece of HTML as {@link tokeniseHtml} cuts it. */
export type HtmlToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'start'; readonly name: string; readonly attributes: HtmlAttributes }
  | { readonly kind: 'end'; readonly name: string };

/** Names in lower case, values decoded; the first of several with one name counts. */
export type HtmlAttributes = ReadonlyMap<string, string>;

const TAG_OPEN = /<(\/?)([a-zA-Z][^\s/>]*)/y;
const ATTRIBUTE = /[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;
const TAG_CLOSE = /[\s/]*>/y;

const namedCharacters: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  colon: ':',
  sol: '/',
  Tab: '\t',
  NewLine: '\n',
};

/** Decodes numeric references and the few names above. */
function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#[xX]([0-9a-fA-F]{1,6});?|#([0-9]{1,7});?|([a-zA-Z]{2,7});)/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return namedCharacters[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}

/**
 * Cuts HTML into text and tags; comments, declarations and processing instructions disappear, and
 * so does everything behind a tag or comment that never ends. Linear in the length of the input.
 * `rawText` says whether an element's content is text up to its end tag; that text is dropped.
 */
export function* tokeniseHtml(
  html: string,
  isRawText: (name: string) => boolean,
): Generator<HtmlToken, void, undefined> {
  let position = 0;
  let textStart = 0;
  while (position < html.length) {
    const open = html.indexOf('<', position);
    if (open < 0) break;
    const next = html[open + 1] ?? '';
    if (next === '!' || next === '?') {
      if (open > textStart) yield { kind: 'text', text: html.slice(textStart, open) };
      position = textStart = endOfDeclaration(html, open);
      continue;
    }
    TAG_OPEN.lastIndex = open;
    const tag = TAG_OPEN.exec(html);
    if (tag === null) {
      // A `<` that begins nothing is text.
      position = open + 1;
      continue;
    }
    if (open > textStart) yield { kind: 'text', text: html.slice(textStart, open) };
    const name = (tag[2] ?? '').toLowerCase();
    const attributes = new Map<string, string>();
    const end = readAttributes(html, TAG_OPEN.lastIndex, attributes);
    if (end < 0) return;
    position = textStart = end;
    if (tag[1] === '/') {
      yield { kind: 'end', name };
    } else if (isRawText(name)) {
      position = textStart = endOfRawText(html, end, name);
    } else {
      yield { kind: 'start', name, attributes };
    }
  }
  if (textStart < html.length) yield { kind: 'text', text: html.slice(textStart) };
}

/** Returns the position behind the `>`, -1 when the tag never ends. */
function readAttributes(html: string, from: number, into: Map<string, string>): number {
  let position = from;
  for (;;) {
    TAG_CLOSE.lastIndex = position;
    if (TAG_CLOSE.test(html)) return TAG_CLOSE.lastIndex;
    ATTRIBUTE.lastIndex = position;
    const match = ATTRIBUTE.exec(html);
    if (match === null) return -1;
    const name = (match[1] ?? '').toLowerCase();
    if (!into.has(name)) into.set(name, decodeReferences(match[2] ?? match[3] ?? match[4] ?? ''));
    position = ATTRIBUTE.lastIndex;
  }
}

function endOfDeclaration(html: string, open: number): number {
  const isComment = html.startsWith('<!--', open);
  // `<!-->` and `<!--->` are whole comments.
  const end = isComment ? html.indexOf('-->', open + 2) : html.indexOf('>', open);
  if (end < 0) return html.length;
  return end + (isComment ? 3 : 1);
}

function endOfRawText(html: string, from: number, name: string): number {
  const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  close.lastIndex = from;
  if (!close.test(html)) return html.length;
  const end = html.indexOf('>', close.lastIndex);
  return end < 0 ? html.length : end + 1;
}
