import { afterEach, describe, expect, it } from '@jest/globals';
import type { LetterBlock } from '../letter.js';
import { pdfText } from '../../../test/pdf-text.js';
import { testInvoice } from '../../../../invoices/test/test-invoice.js';
import { invoiceBlocks } from '../../../../invoices/src/model/page/invoice-blocks.js';
import type { PdfSheet } from './pdf-protocol.js';
import { PdfWriter, type PdfLimits } from './pdf-writer.js';

const sheetOf = (blocks: readonly LetterBlock[]): PdfSheet => ({
  title: 'Rechnung INV-2026-00007',
  language: 'de',
  createdAt: 1_790_000_000_000,
  blocks,
  footerLines: ['IBAN DE00'],
  uncovered: 'nicht jedes Zeichen',
});
const paragraph = (text: string) => sheetOf([{ kind: 'paragraph', text }]);

/** A busy machine may need longer for a thread than a shopper would wait. */
class Patient extends PdfWriter {
  protected override readonly limits: PdfLimits = {
    waiting: 32,
    timeoutMs: 60_000,
    memoryMiB: 192,
  };
}

class Impatient extends PdfWriter {
  protected override readonly limits: PdfLimits = { waiting: 2, timeoutMs: 1, memoryMiB: 192 };
}

describe('PdfWriter', () => {
  const opened: PdfWriter[] = [];
  const open = <Writer extends PdfWriter>(writer: Writer): Writer => {
    opened.push(writer);
    return writer;
  };

  afterEach(async () => {
    for (const writer of opened.splice(0)) await writer.onModuleDestroy();
  });

  it('writes what the blocks say, with every letter of the shop’s languages', async () => {
    const text = await pdfText(
      await open(new Patient()).write(sheetOf(invoiceBlocks(testInvoice()))),
    );
    for (const part of [
      'Laden GmbH Große Straße 1',
      'Rechnung INV-2026-00007',
      'Bestellung T-1',
      'Menge Artikel Betrag mit Steuer',
      '2 × Ware, rot (WARE) 23,80 EUR',
      'Summe ohne Steuer 20,00 EUR',
      'MwSt. 19 % auf 20,00 EUR 3,80 EUR',
      'Gesamtbetrag 23,80 EUR',
      'IBAN DE00',
      '1 / 1',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('nicht jedes Zeichen');
  });

  it('marks what it has no font for, and says so; nothing is left out or garbled', async () => {
    const writer = open(new Patient());
    expect(await pdfText(await writer.write(paragraph('Łódź Ålesund Ωμέγα Привет 12 €')))).toMatch(
      /^Łódź Ålesund Ωμέγα Привет 12 € /,
    );
    // Decomposed letters are those that they stand for; controls, emoji and other scripts are marked.
    const text = await pdfText(await writer.write(paragraph('Mu\u0308ller 中 😀 שלום \u0007!')));
    expect(text).toMatch(/^Müller □ □ □□□□ □! nicht jedes Zeichen/);
  });

  it('gives the same bytes each time, on whatever replica', async () => {
    const sheet = sheetOf(invoiceBlocks(testInvoice()));
    const writer = open(new Patient());
    const [first, again, elsewhere] = await Promise.all([
      writer.write(sheet),
      writer.write(sheet),
      open(new Patient()).write(sheet),
    ]);
    expect(again.equals(first)).toBe(true);
    expect(elsewhere.equals(first)).toBe(true);
  });

  it('goes on to as many pages as it takes, and numbers them', async () => {
    const rows = Array.from({ length: 200 }, (_none, index) => [
      `${index} ×`,
      `Ware ${'lang '.repeat(30)}`,
      '1,00 EUR',
    ]);
    const bytes = await open(new Patient()).write(sheetOf([{ kind: 'table', rows }]));
    const text = await pdfText(bytes);
    const [, pages = '0'] = / 1 \/ (\d+)/.exec(text) ?? [];
    expect(Number(pages)).toBeGreaterThan(5);
    expect(text).toContain(`${pages} / ${pages}`);
    expect(text).toContain('199 ×');
  });

  it('leaves the event loop to others meanwhile', async () => {
    const writer = open(new Patient());
    await writer.write(paragraph('warm'));
    let turns = 0;
    let isDone = false;
    const turn = (): void => {
      turns += 1;
      if (!isDone) setImmediate(turn);
    };
    setImmediate(turn);
    await writer.write(sheetOf(invoiceBlocks(testInvoice())));
    isDone = true;
    expect(turns).toBeGreaterThan(20);
  });

  it('fails alone: the next document is made by a new thread', async () => {
    const writer = open(new Impatient());
    const late = { code: 'mail.pdf-failed', message: 'it took too long' };
    await expect(writer.write(paragraph('late'))).rejects.toMatchObject(late);
    await expect(writer.write(paragraph('late too'))).rejects.toMatchObject(late);
    const broken = { ...paragraph('x'), blocks: null } as unknown as PdfSheet;
    const patient = open(new Patient());
    await expect(patient.write(broken)).rejects.toMatchObject({ code: 'mail.pdf-failed' });
    expect(await pdfText(await patient.write(paragraph('fine')))).toContain('fine');
  });

  it('refuses more than it can keep waiting, and everything once it stops', async () => {
    const writer = open(new Impatient());
    const asked = Array.from({ length: 4 }, () => writer.write(paragraph('x')));
    const busy = { code: 'mail.pdf-busy', retryAfterSeconds: 1 };
    await expect(asked[3]).rejects.toMatchObject(busy);
    await Promise.allSettled(asked);
    const stopping = open(new Patient());
    const [first, second] = [stopping.write(paragraph('x')), stopping.write(paragraph('y'))];
    await stopping.onModuleDestroy();
    await expect(first).rejects.toMatchObject({ code: 'mail.pdf-failed' });
    await expect(second).rejects.toMatchObject({ code: 'mail.pdf-busy' });
    await expect(stopping.write(paragraph('z'))).rejects.toMatchObject({
      code: 'mail.pdf-busy',
    });
  });
});
