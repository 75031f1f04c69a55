import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { MailConfig, type Mailbox, type SmtpUrl } from '#libs/config';
import type { MailAttachment } from '../model/mail-attachments.js';
import type { MailContent, MailHead } from '../model/mail.js';

/** What is sent: the texts, and what goes with them. */
export interface SentContent extends MailContent {
  readonly attachment: MailAttachment | null;
}

/** What a server said, or that it did not. */
export type DeliveryOutcome =
  | { readonly kind: 'taken' }
  /** It never will take this mail: trying again is of no use. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It may take it later, or may have taken it without its answer being heard. */
  | { readonly kind: 'failed'; readonly reason: string };

/** What is read of an error of nodemailer. Its message may repeat an address, and is left alone. */
interface SmtpError {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/** Commands at which a permanent answer is about the mail, and not about us. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA', 'MAIL FROM']);

/**
 * Gives mails to the server, over a connection each. Nothing of what is said is logged: it holds
 * addresses, and the login. Ends within SMTP_TIMEOUT_MS whatever the server does: a server that is
 * silent, slow or endless is cut off.
 */
@Injectable()
export class SmtpDelivery {
  constructor(private readonly config: MailConfig) {}

  get isConfigured(): boolean {
    return this.config.smtp !== undefined && this.config.from !== undefined;
  }

  /** Never rejects. Throws a RangeError when nothing is configured. */
  async deliver(
    mail: MailHead,
    content: SentContent,
    signal: AbortSignal,
  ): Promise<DeliveryOutcome> {
    const { smtp, from, smtpTimeoutMs } = this.config;
    if (smtp === undefined || from === undefined) throw new RangeError('no mail server is set');
    const transport = createTransport(optionsOf(smtp, smtpTimeoutMs));
    try {
      await transport.sendMail({
        ...messageOf(mail, content, from),
        signal: AbortSignal.any([signal, AbortSignal.timeout(smtpTimeoutMs)]),
      });
      return { kind: 'taken' };
    } catch (error) {
      return outcomeOf(error as SmtpError);
    } finally {
      transport.close();
    }
  }
}

function optionsOf({ host, port, tls, login }: SmtpUrl, timeoutMs: number) {
  return {
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketCloseTimeout: 0,
    ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password } }),
  };
}

/** The envelope is given beside the headers, so that no text of a header ever names a recipient. */
function messageOf(mail: MailHead, { html, text, attachment }: SentContent, from: Mailbox) {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    messageId: `<${mail.id}.${mail.round}@${domain}>`,
    date: new Date(mail.createdAt),
    from,
    to: { name: '', address: mail.recipient },
    envelope: { from: from.address, to: [mail.recipient] },
    subject: mail.subject,
    html,
    text,
    attachments: attachment === null ? [] : [attachment],
    headers: { 'auto-submitted': 'auto-generated', 'content-language': mail.language },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function outcomeOf({ code, responseCode, command }: SmtpError): DeliveryOutcome {
  const told = [code, responseCode, command].filter((part) => part !== undefined);
  const reason = told.length === 0 ? 'unknown' : told.join(' ').slice(0, 200);
  const isPermanent = responseCode !== undefined && responseCode >= 500 && responseCode < 600;
  return isPermanent && ABOUT_THE_MAIL.has(command ?? '')
    ? { kind: 'refused', reason }
    : { kind: 'failed', reason };
}
