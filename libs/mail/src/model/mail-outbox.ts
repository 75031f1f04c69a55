import { Injectable } from '@nestjs/common';
import { DatabaseClock, insertRows, sql, type Transaction, type RowOf } from '#libs/database';
import { newId } from '#libs/kernel';
import { mailErrors } from './mail.errors.js';
import { mailLimits, type NewMail } from './mail.js';
import { sendMailJob } from './send-mail.job.js';
import type { MailEntity } from './mail.entity.js';

const ONE_ADDRESS = /^[^\s<>,;:"]+@[^\s<>,;:"]+$/;

/**
 * Takes mails within a unit of work: a mail and the job that sends it exist if and only if that
 * commits, with Redis or without. It is the only way to send a mail.
 *
 * The mail reaches the server at least once, under one Message-ID; twice only when the server was cut
 * off, or the replica died, between the server's taking the mail and its answer being stored.
 */
@Injectable()
export class MailOutbox {
  constructor(private readonly clock: DatabaseClock) {}

  /**
   * Answers false, and does nothing, when there has been a mail with the same `dedupeKey` (kept for
   * 90 days). Throws `mail.invalid` for what is too long or no single address: a defect of the caller.
   */
  async add(tx: Transaction, mail: NewMail): Promise<boolean> {
    assertValid(mail);
    if (await this.isThere(tx, mail.dedupeKey)) return false;
    const id = newId();
    await insertRows(tx, 'mail', [
      {
        id,
        store_id: mail.storeId,
        dedupe_key: mail.dedupeKey,
        kind: mail.kind,
        recipient: mail.to,
        language: mail.language,
        subject: mail.subject,
        html: mail.html,
        plain_text: mail.text,
        is_confidential: Number(mail.isConfidential ?? false),
        attachment_source: mail.attachment?.source ?? null,
        attachment_id: mail.attachment?.id ?? null,
        state: 'waiting',
        send_round: 1,
        attempts: 0,
        last_error: null,
        version: 1,
        created_at: this.clock.wallMs(),
        sent_at: null,
      },
    ]);
    await tx.enqueue(sendMailJob, { mailId: id, round: 1 });
    return true;
  }

  /**
   * Removes every mail to an address, whatever its case; what waits is not sent. A mail that the server is being
   * given at this moment may still arrive.
   */
  async forget(tx: Transaction, storeId: string, recipient: string): Promise<void> {
    await tx.execute(sql`
      DELETE FROM mail
      WHERE store_id = ${storeId} AND LOWER(recipient) = ${recipient.toLowerCase()}`);
  }

  /** Holds the key until the unit of work ends: two that ask at once on SQL Server wait for each other. */
  private async isThere(tx: Transaction, dedupeKey: string): Promise<boolean> {
    const hint = sql.byDialect({ sqlite: sql.empty, mssql: sql`WITH (UPDLOCK, HOLDLOCK)` });
    const rows = await tx.query<RowOf<MailEntity, 'id'>>(sql`
      SELECT id
      FROM mail ${hint}
      WHERE dedupe_key = ${dedupeKey}`);
    return rows.length > 0;
  }
}

function assertValid({ kind, to, subject, dedupeKey }: NewMail): void {
  const problems = [
    kind.length > mailLimits.kind ? 'kind' : undefined,
    to.length > mailLimits.recipient || !ONE_ADDRESS.test(to) ? 'to' : undefined,
    subject.length > mailLimits.subject || /[\r\n]/.test(subject) ? 'subject' : undefined,
    dedupeKey.length > mailLimits.dedupeKey ? 'dedupeKey' : undefined,
  ].filter((name) => name !== undefined);
  if (problems.length > 0) throw mailErrors.invalid({ details: { fields: problems } });
}
