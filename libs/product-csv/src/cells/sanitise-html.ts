import sanitizeHtml from 'sanitize-html';
import { stripControls } from './strip-controls.js';

const ANY_ELEMENT = ['lang', 'dir', 'title'];

/** What a description may hold. Nothing that is missing here can appear in the output. */
const allowedTags =
  'p div h1 h2 h3 h4 h5 h6 strong b em i u s del ins mark sub sup small abbr ul ol li dl dt dd blockquote pre code figure figcaption table caption thead tbody tfoot tr td th a img br hr'.split(
    ' ',
  );
const allowedAttributes = {
  '*': ANY_ELEMENT,
  a: ['href'],
  img: ['src', 'alt', 'width', 'height'],
  ol: ['start', 'type'],
  li: ['value'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
};

/** Removed together with everything inside them; other elements leave their text. */
const nonTextTags =
  'script style textarea title xmp iframe noembed noframes noscript plaintext option svg math object applet template select audio video canvas button dialog frameset map marquee'.split(
    ' ',
  );

const attributeShapes: ReadonlyMap<string, RegExp> = new Map([
  ['width', /^\d{1,5}$/],
  ['height', /^\d{1,5}$/],
  ['start', /^-?\d{1,5}$/],
  ['value', /^-?\d{1,5}$/],
  ['colspan', /^\d{1,3}$/],
  ['rowspan', /^\d{1,3}$/],
  ['type', /^[1aAiI]$/],
  ['scope', /^(?:row|col|rowgroup|colgroup)$/],
  ['dir', /^(?:ltr|rtl|auto)$/],
  ['lang', /^[A-Za-z0-9-]{1,35}$/],
]);

const linkProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const imageProtocols: ReadonlySet<string> = new Set(['http:', 'https:']);
const RELATIVE_BASE = 'https://relative.invalid';

const options: sanitizeHtml.IOptions = {
  allowedTags,
  allowedAttributes,
  nonTextTags,
  nestingLimit: 50,
  // `acceptUrl` judges every URL, with the parser that browsers use too.
  allowedSchemes: [...linkProtocols].map((protocol) => protocol.slice(0, -1)),
  textFilter: stripControls,
  transformTags: {
    '*': (tagName, attribs) => {
      const accepted = acceptAttributes(attribs);
      // An image without a source is nothing; a name that is not allowed leaves its tag out.
      const isEmptyImage = tagName === 'img' && accepted['src'] === undefined;
      return { tagName: isEmptyImage ? 'empty-image' : tagName, attribs: accepted };
    },
  },
};

/**
 * Reduces HTML of unknown origin to a fragment that is safe to embed in a page.
 *
 * The output is written anew from a closed set of elements and attributes, balanced, with all text
 * escaped and every URL checked. The set has no element that switches a parser to another mode (raw
 * text, SVG, MathML, templates), so a browser reads what was written.
 * Guarantees: no scripts, event handlers, styles, frames or forms; no URL other than http, https,
 * mailto, tel (images: http, https) and relative ones; applying it again changes nothing.
 * Elements outside the set lose their tags and keep their text; scripts and the like vanish whole.
 */
export function sanitiseHtml(html: string): string {
  // Not every database keeps half of a surrogate pair.
  const wellFormed = html.replace(/\p{Surrogate}/gu, '\ufffd');
  // Leaving tags out can nest elements that HTML does not nest (`<p><span><p>`). The second pass
  // reads what the first wrote, where only allowed tags are left, and settles that.
  return sanitizeHtml(sanitizeHtml(wellFormed, options), options).trim();
}

function acceptAttributes(attributes: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const accepted: sanitizeHtml.Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    const text = acceptAttribute(name, stripControls(value).trim());
    if (text !== undefined) accepted[name] = text;
  }
  return accepted;
}

function acceptAttribute(name: string, text: string): string | undefined {
  if (name === 'href') return acceptUrl(text, linkProtocols);
  if (name === 'src') return acceptUrl(text, imageProtocols);
  return attributeShapes.get(name)?.test(text) === false ? undefined : text;
}

/** The URL when its protocol is allowed; relative ones count as https. */
function acceptUrl(value: string, protocols: ReadonlySet<string>): string | undefined {
  // Browsers drop these wherever they stand.
  const url = value.replace(/[\t\n\r]/g, '');
  if (url === '' || url.includes('\\')) return undefined;
  const parsed = URL.canParse(url, RELATIVE_BASE) ? new URL(url, RELATIVE_BASE) : undefined;
  return parsed !== undefined && protocols.has(parsed.protocol) ? url : undefined;
}
