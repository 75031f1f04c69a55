import { z } from 'zod';
import { isoTime, isoTimeOrNull, pageFields, pageOf, plainText } from '#libs/http';
import { mailLimits, mailStates, type Mail, type MailHead } from '#libs/mail';
import { storeCode } from '../catalog/catalog.schemas.js';

export const mailListQuery = z.strictObject({
  ...pageFields,
  store: storeCode,
  state: z.enum(mailStates).optional(),
  kind: plainText(mailLimits.kind).optional(),
  recipient: plainText(mailLimits.recipient).optional(),
});
export type MailListQuery = z.infer<typeof mailListQuery>;

const mailSummary = z.object({
  id: z.uuid(),
  kind: z.string(),
  recipient: z.string(),
  language: z.string(),
  subject: z.string(),
  state: z
    .enum(mailStates)
    .describe('stored: there is no mail server. refused: the server never will take it.'),
  isConfidential: z.boolean().describe('Its text opens something; it is erased when it was sent.'),
  attachment: z
    .object({ source: z.string(), id: z.string() })
    .nullable()
    .describe('What goes with it, such as an invoice.'),
  attempts: z.int().describe('How often the server was tried.'),
  lastError: z.string().nullable().describe('Codes of the last failure.'),
  version: z.int(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
});
export type MailSummary = z.infer<typeof mailSummary>;

export const mailPage = pageOf(mailSummary);

const content = z.object({ html: z.string(), text: z.string() });

export const mailAnswer = z.object({
  ...mailSummary.shape,
  content: content.nullable().describe('null: confidential.'),
});
export type MailAnswer = z.infer<typeof mailAnswer>;

export const mailContentAnswer = content;
export type MailContentAnswer = z.infer<typeof mailContentAnswer>;

export function mailSummaryOf(mail: MailHead): MailSummary {
  return {
    id: mail.id,
    kind: mail.kind,
    recipient: mail.recipient,
    language: mail.language,
    subject: mail.subject,
    state: mail.state,
    isConfidential: mail.isConfidential,
    attachment: mail.attachment,
    attempts: mail.attempts,
    lastError: mail.lastError,
    version: mail.version,
    createdAt: isoTime(mail.createdAt),
    sentAt: isoTimeOrNull(mail.sentAt),
  };
}

export function mailAnswerOf(mail: Mail): MailAnswer {
  return { ...mailSummaryOf(mail), content: mail.content };
}
