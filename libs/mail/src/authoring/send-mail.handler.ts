import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { DatabaseClock, PrimaryReader } from '#libs/database';
import { MailAttachments } from '../model/mail-attachments.js';
import { mailErrors } from '../model/mail.errors.js';
import { sendMailJob, type SendMail } from '../model/send-mail.job.js';
import { MailRepository } from './mail.repository.js';
import { SmtpDelivery } from './smtp-delivery.js';

/**
 * Gives a mail to the server and stores that it was taken in the transaction that ends the job. One run
 * at a time owns the job, so a mail is not given twice at once. It is given again, under the same
 * Message-ID, after a run whose end is unknown: SMTP cannot be asked what became of a mail.
 */
@Injectable()
@JobHandler(sendMailJob)
export class SendMailHandler implements HandlesJob<SendMail> {
  constructor(
    private readonly reader: PrimaryReader,
    private readonly clock: DatabaseClock,
    private readonly mails: MailRepository,
    private readonly attachments: MailAttachments,
    private readonly delivery: SmtpDelivery,
  ) {}

  async handle({ mailId, round }: SendMail, context: JobContext): Promise<void> {
    const mail = await this.mails.findToSend(this.reader, mailId);
    const sent = { id: mailId, round };
    const isOver = mail === undefined || mail.state !== 'waiting' || mail.round !== round;
    if (isOver || mail.content === null) return context.complete();
    if (!this.delivery.isConfigured) {
      return context.complete((tx) =>
        this.mails.finish(tx, sent, { state: 'stored', lastError: null, at: this.clock.wallMs() }),
      );
    }
    const attachment = mail.attachment && (await this.attachments.load(mail.attachment));
    await context.step(`attempt-${context.attempt}`, (tx) => this.mails.noteAttempt(tx, sent));
    const outcome = await this.delivery.deliver(
      mail,
      { ...mail.content, attachment },
      context.signal,
    );
    if (outcome.kind === 'failed') {
      const { reason } = outcome;
      context.signal.throwIfAborted();
      await context.step(`failure-${context.attempt}`, (tx) =>
        this.mails.noteFailure(tx, sent, reason),
      );
      throw mailErrors.notTaken({ message: `the mail server did not take a mail: ${reason}` });
    }
    const end =
      outcome.kind === 'taken'
        ? ({ state: 'sent', lastError: null } as const)
        : ({ state: 'refused', lastError: outcome.reason } as const);
    await context.complete((tx) =>
      this.mails.finish(tx, sent, { ...end, at: this.clock.wallMs() }),
    );
  }
}
