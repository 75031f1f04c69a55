const outbox = 'libs/mail/src/model/mail-outbox.ts';
const outboxSpec = 'libs/mail/src/model/mail-outbox.int-spec.ts';
const letter = 'libs/mail/src/model/letter.ts';
const letterSpec = 'libs/mail/src/model/letter.spec.ts';
const delivery = 'libs/mail/src/authoring/smtp-delivery.ts';
const repository = 'libs/mail/src/authoring/mail.repository.ts';
const handler = 'libs/mail/src/authoring/send-mail.handler.ts';
const handlerSpec = 'libs/mail/src/authoring/send-mail.handler.int-spec.ts';
const link = 'libs/orders/src/model/links/order-link.ts';
const linkSpec = 'libs/orders/src/model/links/order-link.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'mail: a mail is added though there is one with its key',
    promise: 'MailOutbox: at most one mail with a dedupe key',
    file: outbox,
    replace: [['if (await this.isThere(tx, mail.dedupeKey)) return false;', '']],
    suites: [outboxSpec],
  },
  {
    name: 'mail: a recipient may be several',
    promise: 'MailOutbox: mail.invalid for what is no single address',
    file: outbox,
    replace: [['|| !ONE_ADDRESS.test(to) ?', '?']],
    suites: [outboxSpec],
  },
  {
    name: 'mail: a letter holds markup of a shopper',
    promise: 'writeLetter: nothing in a block becomes markup',
    file: letter,
    replace: [['return `<p>${escapeHtml(block.text)}</p>`;', 'return `<p>${block.text}</p>`;']],
    suites: [letterSpec],
    isQuick: true,
  },
  {
    name: 'mail: a link may be a script',
    promise: 'writeLetter: a link is http or https',
    file: letter,
    replace: [
      [
        "if (!/^https?:\\/\\//i.test(url)) throw new RangeError('a link in a mail is http or https');",
        '',
      ],
    ],
    suites: [letterSpec],
    isQuick: true,
  },
  {
    name: 'mail: each attempt is another mail',
    promise: 'mail: always under the same Message-ID',
    file: delivery,
    replace: [['${mail.id}.${mail.round}@', '${mail.id}.${Date.now()}@']],
    suites: [handlerSpec],
  },
  {
    name: 'mail: what goes with a mail is left out',
    promise: 'SendMailHandler: gives a mail to the server with what goes with it',
    file: delivery,
    replace: [['attachments: attachment === null ? [] : [attachment],', 'attachments: [],']],
    suites: [handlerSpec],
  },
  {
    name: 'mail: a mail goes without what nobody has',
    promise: 'MailAttachments.load: a mail never goes without what was to go with it',
    file: 'libs/mail/src/model/mail-attachments.ts',
    replace: [['if (found === undefined) throw', 'if (found === null) throw']],
    suites: [handlerSpec],
  },
  {
    name: 'mail: a server that never answers is waited for',
    promise: 'SmtpDelivery: ends within SMTP_TIMEOUT_MS whatever the server does',
    file: delivery,
    replace: [
      ['signal: AbortSignal.any([signal, AbortSignal.timeout(smtpTimeoutMs)]),', 'signal,'],
      ['optionsOf(smtp, smtpTimeoutMs)', 'optionsOf(smtp, 1_000_000)'],
    ],
    suites: [handlerSpec],
  },
  {
    name: 'mail: a server that answers without end is listened to',
    promise: 'SmtpDelivery: ends within SMTP_TIMEOUT_MS whatever the server does',
    file: delivery,
    replace: [
      ['signal: AbortSignal.any([signal, AbortSignal.timeout(smtpTimeoutMs)]),', 'signal,'],
    ],
    suites: [handlerSpec],
  },
  {
    name: 'mail: what waits for ever stays for ever',
    promise: 'MailPruner: mails go after 90 days',
    file: 'libs/mail/src/authoring/mail.pruner.ts',
    replace: [
      ['created_at < ${now - KEPT_MS}', "created_at < ${now - KEPT_MS} AND state <> 'waiting'"],
    ],
    suites: ['libs/mail/src/authoring/mail.pruner.int-spec.ts'],
  },
  {
    name: 'mail: a refusal is tried again',
    promise: 'SmtpDelivery: what the server never will take is refused',
    file: delivery,
    replace: [["    ? { kind: 'refused', reason }", "    ? { kind: 'failed', reason }"]],
    suites: [handlerSpec],
  },
  {
    name: 'mail: a failure is taken for success',
    promise: 'SendMailHandler: sent only when the server has taken it',
    file: handler,
    replace: [
      ["if (outcome.kind === 'failed') {", "if (outcome.kind === 'failed' && round < 0) {"],
    ],
    suites: [handlerSpec],
  },
  {
    name: 'mail: what is confidential stays',
    promise: 'NewMail.isConfidential: erased once the server has taken the mail',
    file: repository,
    replace: [
      [
        'html = CASE WHEN ${isSent} = 1 AND is_confidential = 1 THEN NULL ELSE html END,',
        'html = html,',
      ],
    ],
    suites: [handlerSpec],
  },
  {
    name: 'mail: an earlier round sends too',
    promise: 'MailEditor.resend: a job of an earlier round that still waits does nothing',
    file: handler,
    replace: [[' || mail.round !== round;', ';']],
    suites: [handlerSpec],
  },
  {
    name: 'orders: the signature of a link is not compared',
    promise: 'readOrderLink: undefined when the signature is not that of the key',
    file: link,
    replace: [
      [
        'if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return undefined;',
        '',
      ],
    ],
    suites: [linkSpec],
    isQuick: true,
  },
  {
    name: 'orders: a link never expires',
    promise: 'readOrderLink: undefined when the link has expired',
    file: link,
    replace: [['return expiresAt > nowSeconds ?', 'return expiresAt > 0 ?']],
    suites: [linkSpec],
    isQuick: true,
  },
  {
    name: 'mail: what the server did not take ends its job',
    promise: 'docs/errors.md: mail.not-taken, of the family operational, which is tried again',
    file: 'libs/mail/src/authoring/send-mail.handler.ts',
    replace: [
      [
        'throw mailErrors.notTaken({ message: `the mail server did not take a mail: ${reason}` });',
        'return;',
      ],
    ],
    suites: ['libs/mail/src/authoring/send-mail.handler.int-spec.ts'],
  },
];
