import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PrimaryReader } from '#libs/database';
import { MailAttachments, type MailAttachment, type MailAttachmentSource } from '#libs/mail';
import { InvoiceLookup } from '../model/invoice-lookup.js';
import { InvoiceFiles } from '../model/page/invoice-files.js';

/** How mails name what goes with them. */
export const INVOICE_ATTACHMENT = 'invoice';

/** Gives mails the document that they bring. */
@Injectable()
export class InvoiceAttachments implements MailAttachmentSource, OnModuleInit {
  readonly name = INVOICE_ATTACHMENT;

  constructor(
    private readonly attachments: MailAttachments,
    private readonly database: PrimaryReader,
    private readonly invoices: InvoiceLookup,
    private readonly files: InvoiceFiles,
  ) {}

  onModuleInit(): void {
    this.attachments.register(this);
  }

  async load(id: string): Promise<MailAttachment | undefined> {
    const invoice = await this.invoices.findForShop(this.database, id);
    return invoice === undefined ? undefined : this.files.pdf(invoice);
  }
}
