import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { issueInvoicesJob, type IssueInvoices } from '../model/issue-invoices.job.js';
import { InvoiceIssuing } from './invoice-issuing.js';
import { InvoiceMailWriter } from './invoice-mail.writer.js';

/** Documents, their numbers, their mails and the end of the job are one transaction. */
@Injectable()
@JobHandler(issueInvoicesJob)
export class IssueInvoicesHandler implements HandlesJob<IssueInvoices> {
  constructor(
    private readonly issuing: InvoiceIssuing,
    private readonly mails: InvoiceMailWriter,
  ) {}

  handle({ orderId }: IssueInvoices, context: JobContext): Promise<void> {
    return context.complete(async (tx) => {
      const issued = await this.issuing.issue(tx, orderId);
      for (const invoice of issued) await this.mails.tryWrite(tx, invoice, `invoice:${invoice.id}`);
      return { issued: issued.map(({ number }) => number) };
    });
  }
}
