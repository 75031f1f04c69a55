import { Module } from '@nestjs/common';
import { InvoicesAuthoringModule } from '#authoring/invoices';
import { InvoiceController } from './invoice.controller.js';

/** `/invoices`. */
@Module({ imports: [InvoicesAuthoringModule], controllers: [InvoiceController] })
export class InvoicesApiModule {}
