import { Module } from '@nestjs/common';
import { MailOutbox } from './mail-outbox.js';
import { ShopLinks } from './shop-links.js';

/** Handing over mails, in both roles. Needs the database module. */
@Module({ providers: [MailOutbox, ShopLinks], exports: [MailOutbox, ShopLinks] })
export class MailModule {}
