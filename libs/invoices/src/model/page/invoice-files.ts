import { Injectable } from '@nestjs/common';
import { PdfWriter, uncoveredText, writeLetter, type MailAttachment } from '#libs/mail';
import type { Invoice } from '../invoice.js';
import { invoiceBlocks, titleOf } from './invoice-blocks.js';

/** Documents as files, made of what was stored when they were issued: the same each time. */
@Injectable()
export class InvoiceFiles {
  constructor(private readonly writer: PdfWriter) {}

  /** A page that has no scripts and loads nothing; what people typed is escaped. */
  html(invoice: Invoice): string {
    const { language } = invoice.content;
    return writeLetter({ language, title: titleOf(invoice), blocks: invoiceBlocks(invoice) }).html;
  }

  /** Throws `mail.pdf-busy`, `mail.pdf-failed`. */
  async pdf(invoice: Invoice): Promise<MailAttachment> {
    const { language, seller } = invoice.content;
    const content = await this.writer.write({
      title: titleOf(invoice),
      language,
      createdAt: invoice.issuedAt,
      blocks: invoiceBlocks(invoice),
      footerLines: seller.footerLines,
      uncovered: uncoveredText(language),
    });
    return { filename: `${invoice.number}.pdf`, contentType: 'application/pdf', content };
  }
}
