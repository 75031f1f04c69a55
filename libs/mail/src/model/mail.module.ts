import { Module } from '@nestjs/common';
import { MailAttachments } from './mail-attachments.js';
import { MailOutbox } from './mail-outbox.js';
import { ShopLinks } from './shop-links.js';

/** Handing over mails, in both roles. Needs the database module. */
@Module({
  providers: [MailAttachments, MailOutbox, ShopLinks],
  exports: [MailAttachments, MailOutbox, ShopLinks],
})
export class MailModule {}
