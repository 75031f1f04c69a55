import { Module } from '@nestjs/common';
import { TellsPersonalData } from '#libs/database';
import { CustomersModelModule } from '#libs/customers';
import { MailModule } from '#libs/mail';
import { OrdersModelModule } from '#libs/orders';
import { PaymentsModelModule } from '#libs/payments';
import { StoresModelModule } from '#libs/stores';
import { InvoicesModelModule } from '../model/invoices-model.module.js';
import { InvoiceAttachments } from './invoice-attachments.js';
import { InvoiceDirectory } from './invoice.directory.js';
import { InvoiceEditor } from './invoice.editor.js';
import { InvoiceMailWriter } from './invoice-mail.writer.js';
import { BillingCases } from './billing-cases.js';
import { InvoiceRegister } from './invoice-register.js';
import { InvoiceIssuing } from './invoice-issuing.js';
import { IssuedInvoices } from './issued-invoices.js';
import { IssueInvoicesHandler } from './issue-invoices.handler.js';
import { invoicesPersonalData } from './invoices-personal-data.js';

/** Issuing documents, and what staff do with them. Needs the database and jobs modules. */
@Module({
  imports: [
    CustomersModelModule,
    InvoicesModelModule,
    MailModule,
    OrdersModelModule,
    PaymentsModelModule,
    StoresModelModule,
  ],
  providers: [
    BillingCases,
    InvoiceAttachments,
    InvoiceDirectory,
    InvoiceEditor,
    InvoiceIssuing,
    InvoiceMailWriter,
    InvoiceRegister,
    IssuedInvoices,
    IssueInvoicesHandler,
  ],
  exports: [InvoiceDirectory, InvoiceEditor, InvoicesModelModule],
})
@TellsPersonalData(invoicesPersonalData)
export class InvoicesAuthoringModule {}
