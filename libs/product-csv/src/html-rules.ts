/** What a sanitised description may hold. Nothing that is missing here can appear in the output. */

const NO_ATTRIBUTES: readonly string[] = [];

/** Allowed elements with their allowed attributes (beside `lang`, `dir` and `title`). */
export const allowedElements: ReadonlyMap<string, readonly string[]> = new Map<
  string,
  readonly string[]
>([
  ...'p div h1 h2 h3 h4 h5 h6 strong b em i u s del ins mark sub sup small abbr ul dl dt dd blockquote pre code figure figcaption table caption thead tbody tfoot tr'
    .split(' ')
    .map((name) => [name, NO_ATTRIBUTES] as const),
  ['a', ['href']],
  ['img', ['src', 'alt', 'width', 'height']],
  ['ol', ['start', 'type']],
  ['li', ['value']],
  ['td', ['colspan', 'rowspan']],
  ['th', ['colspan', 'rowspan', 'scope']],
  ['br', NO_ATTRIBUTES],
  ['hr', NO_ATTRIBUTES],
]);

export const commonAttributes: readonly string[] = ['lang', 'dir', 'title'];

export const voidElements: ReadonlySet<string> = new Set(['br', 'hr', 'img']);

/** Removed together with everything up to their end tag, which is searched for as raw text. */
export const rawTextElements: ReadonlySet<string> = new Set(
  'script style textarea title xmp iframe noembed noframes noscript plaintext'.split(' '),
);

/** Removed together with the elements inside them. */
export const removedElements: ReadonlySet<string> = new Set(
  'svg math object applet template select audio video canvas button dialog frameset map'.split(' '),
);

interface ImpliedEnd {
  /** Open elements that the start tag ends. */
  readonly ends: readonly string[];
  /** Elements out of which it does not reach. */
  readonly within: readonly string[];
}

const lists = ['ul', 'ol', 'dl', 'table'];
const blocks = [...lists, 'td', 'th', 'blockquote', 'figure', 'div'];
const rowGroups = ['thead', 'tbody', 'tfoot'];

/** Elements whose start tag ends others that are open, as in HTML. */
export const impliedEnds: ReadonlyMap<string, ImpliedEnd> = new Map<string, ImpliedEnd>([
  ['li', { ends: ['li'], within: lists }],
  ['dt', { ends: ['dt', 'dd'], within: lists }],
  ['dd', { ends: ['dt', 'dd'], within: lists }],
  ['tr', { ends: ['tr'], within: ['table'] }],
  ['td', { ends: ['td', 'th'], within: ['tr', 'table'] }],
  ['th', { ends: ['td', 'th'], within: ['tr', 'table'] }],
  ...rowGroups.map((name) => [name, { ends: rowGroups, within: ['table'] }] as const),
  ['a', { ends: ['a'], within: [] }],
  ...'p div h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre figure figcaption table hr'
    .split(' ')
    .map((name) => [name, { ends: ['p'], within: blocks }] as const),
]);

const NUMBER = /^\d{1,5}$/;
const attributeShapes: Readonly<Record<string, RegExp>> = {
  width: NUMBER,
  height: NUMBER,
  start: /^-?\d{1,5}$/,
  value: /^-?\d{1,5}$/,
  colspan: /^\d{1,3}$/,
  rowspan: /^\d{1,3}$/,
  type: /^[1aAiI]$/,
  scope: /^(?:row|col|rowgroup|colgroup)$/,
  dir: /^(?:ltr|rtl|auto)$/,
  lang: /^[A-Za-z0-9-]{1,35}$/,
};

const linkProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const imageProtocols: ReadonlySet<string> = new Set(['http:', 'https:']);
const RELATIVE_BASE = 'https://relative.invalid';

// Control characters other than TAB, LF and CR.
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Removes what has no place in text. */
export function stripControls(text: string): string {
  return text.replace(CONTROLS, '');
}

/**
 * The value an attribute is written with, or undefined to leave it out.
 * URLs are judged by the parser that browsers use too, after control characters are gone.
 */
export function acceptAttribute(name: string, value: string): string | undefined {
  const text = stripControls(value).trim();
  if (name === 'href') return acceptUrl(text, linkProtocols);
  if (name === 'src') return acceptUrl(text, imageProtocols);
  const shape = attributeShapes[name];
  return shape === undefined || shape.test(text) ? text : undefined;
}

/** The URL when its protocol is allowed; relative ones count as https. */
function acceptUrl(value: string, protocols: ReadonlySet<string>): string | undefined {
  // Browsers drop these wherever they stand.
  const url = value.replace(/[\t\n\r]/g, '');
  if (url === '' || url.includes('\\')) return undefined;
  const parsed = URL.canParse(url, RELATIVE_BASE) ? new URL(url, RELATIVE_BASE) : undefined;
  return parsed !== undefined && protocols.has(parsed.protocol) ? url : undefined;
}
