import { Module } from '@nestjs/common';
import { OrdersModelModule } from '#libs/orders';
import { InvoiceLookup } from './invoice-lookup.js';
import { InvoiceTrigger } from './invoice-trigger.js';
import { InvoiceFiles } from './page/invoice-files.js';
import { PdfWriter } from './pdf/pdf-writer.js';

/** What both roles need of invoices: asking for them, finding them, and making files of them. */
@Module({
  imports: [OrdersModelModule],
  providers: [InvoiceLookup, InvoiceTrigger, InvoiceFiles, PdfWriter],
  exports: [InvoiceLookup, InvoiceFiles],
})
export class InvoicesModelModule {}
