import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PrimaryReader } from '#libs/database';
import {
  MailAttachments,
  writeLetter,
  type MailAttachment,
  type MailAttachmentSource,
} from '#libs/mail';
import { InvoiceLookup } from '../invoice-lookup.js';
import type { Invoice } from '../invoice.js';
import { PdfWriter } from '../pdf/pdf-writer.js';
import { invoiceBlocks, titleOf } from './invoice-blocks.js';
import { invoiceWords } from './invoice-words.js';

/** How mails name what goes with them. */
export const INVOICE_ATTACHMENT = 'invoice';

/** Documents as files, made of what was stored when they were issued: the same each time. */
@Injectable()
export class InvoiceFiles implements MailAttachmentSource, OnModuleInit {
  readonly name = INVOICE_ATTACHMENT;

  constructor(
    private readonly attachments: MailAttachments,
    private readonly database: PrimaryReader,
    private readonly invoices: InvoiceLookup,
    private readonly writer: PdfWriter,
  ) {}

  onModuleInit(): void {
    this.attachments.register(this);
  }

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

  /** For the mail that brings it. */
  async load(id: string): Promise<MailAttachment | undefined> {
    const invoice = await this.invoices.findForShop(this.database, id);
    if (invoice === undefined) return undefined;
    const content = await this.pdf(invoice);
    return { filename: `${invoice.number}.pdf`, contentType: 'application/pdf', content };
  }
}
