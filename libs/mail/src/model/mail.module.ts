import { Module } from '@nestjs/common';
import { MailAttachments } from './mail-attachments.js';
import { MailOutbox } from './mail-outbox.js';
import { PdfWriter } from './pdf/pdf-writer.js';
import { ShopLinks } from './shop-links.js';

/** Handing over mails, and making the documents that go with them, in both roles. Needs the database module. */
@Module({
  providers: [MailAttachments, MailOutbox, PdfWriter, ShopLinks],
  exports: [MailAttachments, MailOutbox, PdfWriter, ShopLinks],
})
export class MailModule {}
