import { tokeniseHtml, type HtmlAttributes } from './html-tokens.js';
import {
  acceptAttribute,
  allowedElements,
  commonAttributes,
  impliedEnds,
  rawTextElements,
  removedElements,
  stripControls,
  voidElements,
} from './html-rules.js';

const MAX_DEPTH = 50;

/**
 * Reduces HTML of unknown origin to a fragment that is safe to embed in a page.
 *
 * Safety does not depend on reading the input as a browser would: the output is written anew from
 * a closed set of elements and attributes, balanced, with every `<`, `>` and quote that is text
 * escaped and every URL checked and encoded again. The set has no element that switches the
 * parser to another mode (raw text, SVG, MathML, templates), so a browser reads what was written.
 * Guarantees: no scripts, event handlers, styles, frames or forms; no URL other than http, https,
 * mailto, tel (images: http, https) and relative ones; applying it again changes nothing.
 * Elements outside the set lose their tags and keep their text; scripts and the like vanish whole.
 *
 * NOTE the well-kept libraries for this (sanitize-html, DOMPurify with jsdom) need Node 22 in the
 * versions that are maintained.
 */
export function sanitiseHtml(html: string): string {
  const writer = new FragmentWriter();
  let removedName = '';
  let removedDepth = 0;
  for (const token of tokeniseHtml(html, (name) => rawTextElements.has(name))) {
    if (removedDepth > 0) {
      if (token.kind !== 'text' && token.name === removedName) {
        removedDepth += token.kind === 'start' ? 1 : -1;
      }
    } else if (token.kind === 'text') {
      writer.text(token.text);
    } else if (token.kind === 'end') {
      writer.end(token.name);
    } else if (removedElements.has(token.name)) {
      removedName = token.name;
      removedDepth = 1;
    } else {
      writer.start(token.name, token.attributes);
    }
  }
  return writer.finish().trim();
}

class FragmentWriter {
  private readonly parts: string[] = [];
  private readonly open: string[] = [];

  text(text: string): void {
    this.parts.push(escapeText(text));
  }

  start(name: string, attributes: HtmlAttributes): void {
    const allowed = allowedElements.get(name);
    if (allowed === undefined) return;
    this.endImplied(name);
    if (voidElements.has(name)) {
      const written = writeAttributes(allowed, attributes);
      if (name !== 'img' || written.includes(' src="')) this.parts.push(`<${name}${written}>`);
    } else if (this.open.length < MAX_DEPTH) {
      this.parts.push(`<${name}${writeAttributes(allowed, attributes)}>`);
      this.open.push(name);
    }
  }

  end(name: string): void {
    const depth = this.open.lastIndexOf(name);
    if (depth >= 0) this.closeTo(depth);
  }

  finish(): string {
    this.closeTo(0);
    return this.parts.join('');
  }

  private endImplied(name: string): void {
    const implied = impliedEnds.get(name);
    if (implied === undefined) return;
    for (let depth = this.open.length - 1; depth >= 0; depth--) {
      const current = this.open[depth] as string;
      if (implied.ends.includes(current)) {
        this.closeTo(depth);
        return;
      }
      if (implied.within.includes(current)) return;
    }
  }

  private closeTo(depth: number): void {
    while (this.open.length > depth) this.parts.push(`</${this.open.pop() as string}>`);
  }
}

function writeAttributes(allowed: readonly string[], attributes: HtmlAttributes): string {
  let written = '';
  for (const name of [...allowed, ...commonAttributes]) {
    const value = attributes.get(name);
    const accepted = value === undefined ? undefined : acceptAttribute(name, value);
    if (accepted !== undefined) written += ` ${name}="${escapeAttribute(accepted)}"`;
  }
  return written;
}

// A reference cannot become markup, so those that are well formed stay as they were written.
const BARE_AMPERSAND = /&(?!(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)/g;
function escapeText(text: string): string {
  return stripControls(text)
    .replace(BARE_AMPERSAND, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function escapeAttribute(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
