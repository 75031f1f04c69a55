import { Module } from '@nestjs/common';
import { OrdersModule } from '#libs/orders';
import { InvoicesModelModule } from '../model/invoices-model.module.js';
import { InvoiceReader } from './invoice.reader.js';

/** Reading the documents of one's own orders. Needs the database and cache modules. */
@Module({
  imports: [InvoicesModelModule, OrdersModule],
  providers: [InvoiceReader],
  exports: [InvoiceReader, InvoicesModelModule],
})
export class InvoicesModule {}
