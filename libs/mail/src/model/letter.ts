import { escapeHtml } from '#libs/kernel';
import type { MailContent, MailLanguage } from './mail.js';

/** One part of a letter. Texts are plain: they are escaped where the letter is written. */
export type LetterBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** `url` has to be http or https. */
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  /** Lines one under the other, such as an address. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  /** Rows of equal columns; the last column is aligned to the right. `head`: what the columns are. */
  | {
      readonly kind: 'table';
      readonly head?: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export interface Letter {
  readonly language: MailLanguage;
  readonly title: string;
  readonly blocks: readonly LetterBlock[];
}

/**
 * The HTML and the text of a mail, of the same blocks. Nothing in a block becomes markup: everything is
 * escaped here, and templates write none. Throws a RangeError for a link that is neither http nor https.
 */
export function writeLetter(letter: Letter): MailContent {
  return {
    html: pageOf(letter),
    text: `${letter.blocks.map(textOf).join('\n\n')}\n`,
  };
}

/** Mail programs read styles at the elements only. */
const STYLES = {
  page: 'margin:0;padding:24px;background:#f4f4f4;font-family:Helvetica,Arial,sans-serif',
  sheet: 'max-width:600px;margin:0 auto;padding:24px;background:#ffffff;color:#222222',
  table: 'width:100%;border-collapse:collapse',
  cell: 'padding:4px 8px 4px 0;text-align:left;vertical-align:top',
  lastCell: 'padding:4px 0;text-align:right;vertical-align:top;white-space:nowrap',
} as const;

function pageOf({ language, title, blocks }: Letter): string {
  return [
    '<!DOCTYPE html>',
    `<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
    `<body style="${STYLES.page}"><div style="${STYLES.sheet}">`,
    ...blocks.map(htmlOf),
    '</div></body></html>',
  ].join('\n');
}

function htmlOf(block: LetterBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<h1 style="font-size:20px">${escapeHtml(block.text)}</h1>`;
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'link':
      return `<p><a href="${escapeHtml(webUrl(block.url))}">${escapeHtml(block.label)}</a></p>`;
    case 'lines':
      return `<p>${block.lines.map(escapeHtml).join('<br>')}</p>`;
    case 'table':
      return `<table style="${STYLES.table}">${rowsOf(block).join('')}</table>`;
  }
}

function rowsOf({ head = [], rows }: Extract<LetterBlock, { kind: 'table' }>): string[] {
  const written = rows.map((cells) => rowOf(cells, 'td'));
  return head.length === 0 ? written : [rowOf(head, 'th'), ...written];
}

function rowOf(cells: readonly string[], tag: 'td' | 'th'): string {
  const written = cells.map((cell, index) => {
    const style = index === cells.length - 1 ? STYLES.lastCell : STYLES.cell;
    return `<${tag} style="${style}">${escapeHtml(cell)}</${tag}>`;
  });
  return `<tr>${written.join('')}</tr>`;
}

function textOf(block: LetterBlock): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return block.text;
    case 'link':
      return `${block.label}:\n${webUrl(block.url)}`;
    case 'lines':
      return block.lines.join('\n');
    case 'table':
      return [block.head ?? [], ...block.rows]
        .filter((cells) => cells.length > 0)
        .map((cells) => cells.filter((cell) => cell !== '').join('  '))
        .join('\n');
  }
}

function webUrl(url: string): string {
  if (!/^https?:\/\//i.test(url)) throw new RangeError('a link in a mail is http or https');
  return url;
}
