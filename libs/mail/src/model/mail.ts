/**
 * Where a mail is. `waiting`: a job will give it to the server. `sent`: the server has taken it.
 * `stored`: there was no server to give it to. `refused`: the server said that it never will take it.
 */
export const mailStates = ['waiting', 'sent', 'stored', 'refused'] as const;
export type MailState = (typeof mailStates)[number];

/** The languages that there are templates in. */
export const mailLanguages = ['en', 'de'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

/** The language in which the reader of a locale is written to: English when there is no template. */
export function mailLanguageOf(locale: string): MailLanguage {
  const language = locale.toLowerCase().split(/[-_]/, 1)[0];
  return mailLanguages.find((known) => known === language) ?? 'en';
}

/** In characters. */
export const mailLimits = { kind: 60, recipient: 320, subject: 300, dedupeKey: 200 } as const;

/**
 * A document that goes out with a mail. It is asked for when the mail is sent, so it has to be the same
 * every time: mails are given to the server at least once.
 */
export interface MailAttachmentRef {
  /** Who has it, as registered with `MailAttachments`. */
  readonly source: string;
  readonly id: string;
}

/** A mail as it is handed over to be sent. */
export interface NewMail {
  readonly storeId: string;
  /** What it is about, such as `order-confirmation`; staff filter by it. */
  readonly kind: string;
  /** One address. */
  readonly to: string;
  readonly language: MailLanguage;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** There is at most one mail with this key; it must not hold a secret. */
  readonly dedupeKey: string;
  /**
   * Its text opens something (a reset of a password): staff need a permission of its own to read it,
   * and it is erased once the server has taken the mail. Default false.
   */
  readonly isConfidential?: boolean;
  readonly attachment?: MailAttachmentRef;
}

/** A stored mail without its content. Times are epoch milliseconds. */
export interface MailHead {
  readonly id: string;
  readonly storeId: string;
  readonly kind: string;
  readonly recipient: string;
  readonly language: MailLanguage;
  readonly subject: string;
  readonly isConfidential: boolean;
  readonly attachment: MailAttachmentRef | null;
  readonly state: MailState;
  /** How often it has been asked to be sent; part of its Message-ID. */
  readonly round: number;
  /** How often the server has been tried, over all rounds. */
  readonly attempts: number;
  /** Why the last attempt failed; has neither addresses nor secrets. */
  readonly lastError: string | null;
  readonly version: number;
  readonly createdAt: number;
  readonly sentAt: number | null;
}

export interface MailContent {
  readonly html: string;
  readonly text: string;
}

/** The content is null when it was confidential and has been erased. */
export interface Mail extends MailHead {
  readonly content: MailContent | null;
}
