import { Injectable } from '@nestjs/common';
import { writeLetter } from '#libs/mail';
import type { Invoice } from '../invoice.js';
import { PdfWriter } from '../pdf/pdf-writer.js';
import { invoiceBlocks, titleOf } from './invoice-blocks.js';
import { invoiceWords } from './invoice-words.js';

/** Documents as files, made of what was stored when they were issued: the same each time. */
@Injectable()
export class InvoiceFiles {
  constructor(private readonly writer: PdfWriter) {}

  /** A page that has no scripts and loads nothing; what people typed is escaped. */
  html(invoice: Invoice): string {
    const { language } = invoice.content;
    return writeLetter({ language, title: titleOf(invoice), blocks: invoiceBlocks(invoice) }).html;
  }

  /** Throws `invoices.pdf-busy`, `invoices.pdf-failed`. */
  pdf(invoice: Invoice): Promise<Buffer> {
    const { language, seller } = invoice.content;
    return this.writer.write({
      title: titleOf(invoice),
      language,
      createdAt: invoice.issuedAt,
      blocks: invoiceBlocks(invoice),
      footerLines: seller.footerLines,
      uncovered: invoiceWords(language).uncovered,
    });
  }
}
