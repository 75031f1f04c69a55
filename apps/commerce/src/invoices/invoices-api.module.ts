import { Module } from '@nestjs/common';
import { InvoicesModule } from '#libs/invoices';
import { InvoiceController } from './invoice.controller.js';

/** `/orders/{number}/invoices`. */
@Module({ imports: [InvoicesModule], controllers: [InvoiceController] })
export class InvoicesApiModule {}
