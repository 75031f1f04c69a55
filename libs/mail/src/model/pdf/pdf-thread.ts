// The entry of a worker thread. It is started from the sources as well, by Node.js itself, which removes
// types and nothing else: so it imports packages only, and types.
import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import * as fontkit from 'fontkit';
import Pdf from 'pdfkit';
import type { LetterBlock } from '../letter.js';
import type { PdfReply, PdfRequest, PdfSheet } from './pdf-protocol.js';

type Table = Extract<LetterBlock, { kind: 'table' }>;

const MARGIN = 56;
const FOOTER_HEIGHT = 56;
const GAP = 10;
const SIZES = { heading: 16, text: 10, footer: 8 } as const;
/** What stands for a character that is not covered. */
const MISSING = '\u25A1';
/** The font has letters of these, and pdfkit does not write from right to left. */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

const regular = readFileSync(
  new URL(import.meta.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf')),
);
const bold = readFileSync(
  new URL(import.meta.resolve('@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf')),
);
const covered = new Set((fontkit.create(regular) as fontkit.Font).characterSet);

/** Draws one document: the same sheet gives the same bytes. */
class PdfPage {
  private isAllCovered = true;
  private readonly sheet: PdfSheet;
  private readonly pdf: PDFKit.PDFDocument;

  constructor(sheet: PdfSheet) {
    this.sheet = sheet;
    this.pdf = new Pdf({
      size: 'A4',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER_HEIGHT },
      bufferPages: true,
      lang: sheet.language,
      info: { Title: this.shown(sheet.title), CreationDate: new Date(sheet.createdAt) },
      font: '',
    });
    this.pdf.registerFont('regular', regular).registerFont('bold', bold);
  }

  async draw(): Promise<Uint8Array> {
    const { pdf, sheet } = this;
    const chunks: Buffer[] = [];
    const isDone = new Promise<void>((done, failed) => {
      pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      pdf.on('end', done);
      pdf.on('error', failed);
    });
    for (const block of sheet.blocks) this.block(block);
    if (!this.isAllCovered) this.text(sheet.uncovered);
    this.footers();
    pdf.end();
    await isDone;
    return Buffer.concat(chunks);
  }

  private block(block: LetterBlock): void {
    switch (block.kind) {
      case 'heading':
        this.pdf.font('bold').fontSize(SIZES.heading).text(this.shown(block.text));
        break;
      case 'paragraph':
        this.text(block.text);
        break;
      case 'link':
        this.text(`${block.label}: ${block.url}`);
        break;
      case 'lines':
        this.text(block.lines.join('\n'));
        break;
      case 'table':
        this.table(block);
        break;
    }
    this.pdf.y += GAP;
  }

  private text(text: string): void {
    this.pdf.font('regular').fontSize(SIZES.text).text(this.shown(text));
  }

  private table({ head = [], rows }: Table): void {
    const all = [...(head.length === 0 ? [] : [head]), ...rows].map((row) =>
      row.map((cell) => this.shown(cell)),
    );
    const widths = this.widthsOf(all);
    all.forEach((row, index) => this.row(row, widths, index === 0 && head.length > 0));
    this.pdf.x = MARGIN;
  }

  /** Each column as wide as it needs, but for the widest, which gets what is left and breaks its lines. */
  private widthsOf(rows: readonly (readonly string[])[]): number[] {
    const { pdf } = this;
    pdf.font('bold').fontSize(SIZES.text);
    const columns = rows[0]?.length ?? 0;
    const whole = pdf.page.width - 2 * MARGIN;
    const wanted = Array.from({ length: columns }, (_none, column) =>
      Math.min(
        whole / 2,
        GAP + rows.reduce((max, row) => Math.max(max, pdf.widthOfString(row[column] ?? '')), 0),
      ),
    );
    const widest = wanted.indexOf(Math.max(...wanted));
    const others = wanted.reduce((sum, width, index) => (index === widest ? sum : sum + width), 0);
    return wanted.map((width, index) => (index === widest ? whole - others : width));
  }

  private row(cells: readonly string[], widths: readonly number[], isHead: boolean): void {
    const { pdf } = this;
    pdf.font(isHead ? 'bold' : 'regular').fontSize(SIZES.text);
    const optionsOf = (index: number) => ({
      width: (widths[index] ?? 0) - GAP / 2,
      align: index === cells.length - 1 ? ('right' as const) : ('left' as const),
    });
    const height = Math.max(
      ...cells.map((cell, index) => pdf.heightOfString(cell, optionsOf(index))),
    );
    if (pdf.y + height > pdf.page.height - pdf.page.margins.bottom) pdf.addPage();
    const top = pdf.y;
    let left = MARGIN;
    cells.forEach((cell, index) => {
      pdf.text(cell, left, top, optionsOf(index));
      left += widths[index] ?? 0;
    });
    pdf.y = top + height + 2;
  }

  private footers(): void {
    const { pdf, sheet } = this;
    const { count } = pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      pdf.switchToPage(page);
      // Below the margin nothing is written, or a page is added.
      pdf.page.margins.bottom = 0;
      const lines = [sheet.footerLines.join(' · '), `${sheet.title} · ${page + 1} / ${count}`];
      pdf.font('regular').fontSize(SIZES.footer);
      pdf.text(
        this.shown(lines.join('\n').trim()),
        MARGIN,
        pdf.page.height - MARGIN - FOOTER_HEIGHT / 2,
        {
          width: pdf.page.width - 2 * MARGIN,
          height: FOOTER_HEIGHT,
          align: 'center',
        },
      );
    }
  }

  /** Text as the font can show it; what it cannot is marked, never left out. */
  private shown(text: string): string {
    let shown = '';
    for (const character of text.normalize('NFC').replaceAll(/[\t\r]/g, ' ')) {
      const isCovered =
        character === '\n' ||
        (covered.has(character.codePointAt(0) ?? 0) && !RIGHT_TO_LEFT.test(character));
      if (!isCovered) this.isAllCovered = false;
      shown += isCovered ? character : MISSING;
    }
    return shown;
  }
}

async function answer({ id, sheet }: PdfRequest): Promise<PdfReply> {
  try {
    return { id, bytes: await new PdfPage(sheet).draw() };
  } catch (error) {
    return { id, message: error instanceof Error ? error.message : 'unknown' };
  }
}

parentPort?.on('message', (request: PdfRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});
