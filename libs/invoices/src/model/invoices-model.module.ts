import { Module } from '@nestjs/common';
import { MailModule } from '#libs/mail';
import { OrdersModelModule } from '#libs/orders';
import { InvoiceLookup } from './invoice-lookup.js';
import { InvoiceTrigger } from './invoice-trigger.js';
import { InvoiceFiles } from './page/invoice-files.js';

/** What both roles need of invoices: asking for them, finding them, and making files of them. */
@Module({
  imports: [MailModule, OrdersModelModule],
  providers: [InvoiceLookup, InvoiceTrigger, InvoiceFiles],
  exports: [InvoiceLookup, InvoiceFiles],
})
export class InvoicesModelModule {}
