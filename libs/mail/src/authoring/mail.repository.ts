import { Injectable } from '@nestjs/common';
import {
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import type { Mail, MailHead, MailState } from '../model/mail.js';
import type { MailEntity } from '../model/mail.entity.js';

type MailRow = RowOf<
  MailEntity,
  | 'id'
  | 'store_id'
  | 'kind'
  | 'recipient'
  | 'language'
  | 'subject'
  | 'is_confidential'
  | 'attachment_source'
  | 'attachment_id'
  | 'state'
  | 'send_round'
  | 'attempts'
  | 'last_error'
  | 'version'
  | 'created_at'
  | 'sent_at'
>;

type ContentRow = RowOf<MailEntity, 'html' | 'plain_text'>;

export interface MailFilter {
  readonly state?: MailState | undefined;
  readonly kind?: string | undefined;
  readonly recipient?: string | undefined;
}

export interface MailPosition {
  readonly createdAt: number;
  readonly id: string;
}

const HEAD = sql`id, store_id, kind, recipient, language, subject, is_confidential,
  attachment_source, attachment_id, state, send_round, attempts, last_error, version, created_at, sent_at`;

/** Stored mails, for the job that sends them and for staff. */
@Injectable()
export class MailRepository {
  /** Of the job: it knows the mail by its own payload. */
  findToSend(queries: SqlQueries, id: string): Promise<Mail | undefined> {
    return this.find(queries, sql`id = ${id}`);
  }

  findInStore(queries: SqlQueries, storeId: string, id: string): Promise<Mail | undefined> {
    return this.find(queries, sql`id = ${id} AND store_id = ${storeId}`);
  }

  /** Newest first. */
  async list(
    queries: SqlQueries,
    storeId: string,
    { state, kind, recipient }: MailFilter,
    after: MailPosition | undefined,
    limit: number,
  ): Promise<MailHead[]> {
    const conditions = [
      sql`store_id = ${storeId}`,
      ...(state === undefined ? [] : [sql`state = ${state}`]),
      ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
      ...(recipient === undefined ? [] : [sql`recipient = ${recipient}`]),
      sql.behind(sql`created_at`, sql`id`, after),
    ];
    const rows = await queries.query<MailRow>(sql`
      SELECT ${HEAD}
      FROM mail
      WHERE ${sql.join(conditions, ' AND ')}
      ORDER BY created_at DESC, id DESC
      ${sql.limit(limit)}`);
    return rows.map(headOf);
  }

  /** An attempt begins: noted before the server hears of it. */
  async noteAttempt(tx: Transaction, { id, round }: SentRound): Promise<void> {
    await tx.execute(sql`
      UPDATE mail
      SET attempts = attempts + 1
      WHERE id = ${id} AND send_round = ${round}`);
  }

  async noteFailure(tx: Transaction, { id, round }: SentRound, lastError: string): Promise<void> {
    await tx.execute(sql`
      UPDATE mail
      SET last_error = ${lastError}
      WHERE id = ${id} AND send_round = ${round}`);
  }

  /** The end of a round. What is confidential is erased once the server has it. */
  async finish(
    tx: Transaction,
    { id, round }: SentRound,
    end: { readonly state: MailState; readonly lastError: string | null; readonly at: number },
  ): Promise<void> {
    const { state, lastError, at } = end;
    const isSent = Number(state === 'sent');
    await tx.execute(sql`
      UPDATE mail
      SET state = ${state},
        last_error = ${lastError},
        sent_at = CASE WHEN ${isSent} = 1 THEN ${at} ELSE sent_at END,
        html = CASE WHEN ${isSent} = 1 AND is_confidential = 1 THEN NULL ELSE html END,
        plain_text = CASE WHEN ${isSent} = 1 AND is_confidential = 1 THEN NULL ELSE plain_text END,
        version = version + 1
      WHERE id = ${id} AND send_round = ${round} AND state = 'waiting'`);
  }

  /** Asks for one round more. Answers false when the version is no longer this. */
  async tryStartRound(tx: Transaction, { id, version }: Mail): Promise<boolean> {
    const changed = await tx.execute(sql`
      UPDATE mail
      SET state = 'waiting', send_round = send_round + 1, version = version + 1
      WHERE id = ${id} AND version = ${version}`);
    return changed === 1;
  }

  private async find(queries: SqlQueries, condition: SqlStatement): Promise<Mail | undefined> {
    const [row] = await queries.query<MailRow & ContentRow>(sql`
      SELECT ${HEAD}, html, plain_text
      FROM mail
      WHERE ${condition}`);
    if (row === undefined) return undefined;
    const { html, plain_text: text } = row;
    return { ...headOf(row), content: html === null || text === null ? null : { html, text } };
  }
}

/** One round of sending a mail. */
export interface SentRound {
  readonly id: string;
  readonly round: number;
}

function headOf(row: MailRow): MailHead {
  const { attachment_source: source, attachment_id: id } = row;
  return {
    id: row.id,
    storeId: row.store_id,
    kind: row.kind,
    recipient: row.recipient,
    language: row.language,
    subject: row.subject,
    isConfidential: row.is_confidential === 1,
    attachment: source === null || id === null ? null : { source, id },
    state: row.state,
    round: row.send_round,
    attempts: row.attempts,
    lastError: row.last_error,
    version: row.version,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  };
}
