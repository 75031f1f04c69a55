const issuingSpec = 'libs/invoices/src/authoring/invoice-issuing.int-spec.ts';
const staffSpec = 'apps/authoring/src/invoices/invoices-api.int-spec.ts';
const shopperSpec = 'apps/commerce/src/invoices/invoices-api.int-spec.ts';
const issuing = 'libs/invoices/src/authoring/invoice-issuing.ts';
const lookup = 'libs/invoices/src/model/invoice-lookup.ts';
const mailWriter = 'libs/invoices/src/authoring/invoice-mail.writer.ts';
const settings = 'libs/stores/src/model/settings/invoicing-settings.ts';
const settingsSpec = 'libs/stores/src/model/settings/invoicing-settings.spec.ts';
const thread = 'libs/mail/src/model/pdf/pdf-thread.ts';
const writer = 'libs/mail/src/model/pdf/pdf-writer.ts';
const pdfSpec = 'libs/mail/src/model/pdf/pdf-writer.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'invoices: a series skips numbers',
    promise: 'InvoiceRegister: a series has no gaps',
    file: 'libs/invoices/src/authoring/invoice-register.ts',
    replace: [['SET last_number = last_number + 1', 'SET last_number = last_number + 2']],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: what was taken beyond the bill is credited',
    promise: 'creditedLines: more was taken than was billed, and that is what was given back',
    file: 'libs/invoices/src/model/credited-lines.ts',
    replace: [
      [
        'Math.min(refund.amountMinor, standingMinor - keptMinor(payments))',
        'Math.min(refund.amountMinor, standingMinor)',
      ],
    ],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: what ships on account is not billed',
    promise: 'isBillable: what is on account is billed when it ships',
    file: 'libs/invoices/src/model/billable.ts',
    replace: [["state === 'shipped' || state === 'partly-shipped'", "state === 'partly-shipped'"]],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: documents are made of what was read before the order was held',
    promise: 'BillingCases.hold: nobody else issues documents of the same order meanwhile',
    file: 'libs/invoices/src/authoring/billing-cases.ts',
    replace: [['await this.ledger.lock(tx, orderId);', '']],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: an order is billed each time it is asked for',
    promise: 'InvoiceIssuing: issues what an order lacks, however often it is asked',
    file: issuing,
    replace: [["about.documents.filter(({ kind }) => kind === 'invoice')", '[]']],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: each move of an order asks for documents again',
    promise: 'InvoiceTrigger: one job waits for an order',
    file: 'libs/invoices/src/model/invoice-trigger.ts',
    replace: [['{ dedupeKey: `issue-invoices:${orderId}` }', '{}']],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: a document follows the name of its store',
    promise: 'InvoiceContent: as it was when it was issued, it never changes',
    file: lookup,
    replace: [
      [
        'SELECT ${HEAD}, content_json',
        "SELECT ${HEAD}, JSON_SET(content_json, '$.storeName', (SELECT s.name FROM store s WHERE s.id = store_id)) AS content_json",
      ],
    ],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: a document follows what the shop says of itself',
    promise: 'InvoiceContent: as it was when it was issued, it never changes',
    file: lookup,
    replace: [
      [
        'SELECT ${HEAD}, content_json',
        "SELECT ${HEAD}, JSON_SET(content_json, '$.seller.sellerLines', JSON((SELECT JSON_EXTRACT(s.content_json, '$.sellerLines') FROM store_settings s WHERE s.kind = 'invoicing' AND s.store_id = invoice.store_id))) AS content_json",
      ],
    ],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: a credit note stands before its invoice',
    promise: 'InvoiceLookup.listOfOrder: the invoice, and its credit notes',
    file: lookup,
    replace: [["CASE kind WHEN 'invoice' THEN 0 ELSE 1 END, ", '']],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: a mail goes without its document',
    promise: 'InvoiceMailWriter: with the PDF',
    file: mailWriter,
    replace: [['attachment: { source: INVOICE_ATTACHMENT, id: invoice.id },', '']],
    suites: [staffSpec],
  },
  {
    name: 'invoices: mails find no documents',
    promise: 'InvoiceAttachments: gives mails the document that they bring',
    file: 'libs/invoices/src/authoring/invoice-attachments.ts',
    replace: [['this.attachments.register(this);', '']],
    suites: [staffSpec],
  },
  {
    name: 'invoices: a person who was erased is sent documents',
    promise: 'InvoiceMailWriter.tryWrite: the person was erased, and is written to no more',
    file: mailWriter,
    replace: [[' || (await this.customers.isErased(tx, order.customerId))', '']],
    suites: [staffSpec],
  },
  {
    name: 'orders: a person who was erased is written to about orders',
    promise: 'OrderMailWriter.write: a person who was erased gets none',
    file: 'libs/orders/src/authoring/mails/order-mail.writer.ts',
    replace: [['if (await this.customers.isErased(tx, order.customerId)) return;', '']],
    suites: [staffSpec],
  },
  {
    name: 'invoices: staff open documents of every store',
    promise: 'InvoiceLookup.findInStore: a document of the store',
    file: lookup,
    replace: [['sql`store_id = ${storeId} AND id = ${id}`', 'sql`id = ${id}`']],
    suites: [staffSpec],
  },
  {
    name: 'invoices: staff list documents of every store',
    promise: 'InvoiceLookup.list: documents of the store',
    file: lookup,
    replace: [['sql`store_id = ${storeId}`,', 'sql`store_id <> ${`${storeId}x`}`,']],
    suites: [staffSpec],
  },
  {
    name: 'invoices: an order opens documents of another one',
    promise: 'InvoiceReader.get: throws invoices.not-found also for one of another order',
    file: lookup,
    replace: [['sql`order_id = ${orderId} AND id = ${id}`', 'sql`id = ${id}`']],
    suites: [shopperSpec],
  },
  {
    name: 'invoices: whoever knows its number reads the documents of an order',
    promise: 'InvoiceReader: documents for those who may open their order',
    file: 'libs/orders/src/model/order-lookup.ts',
    replace: [['sql`order_number = ${number} AND ${isTheirs}`', 'sql`order_number = ${number}`']],
    suites: [shopperSpec],
  },
  {
    name: 'invoices: an expired link opens documents',
    promise: 'OrderLinks.findOrderId: undefined for what is expired',
    file: 'libs/orders/src/model/links/order-link.ts',
    replace: [['return expiresAt > nowSeconds ?', 'return expiresAt > 0 ?']],
    suites: [shopperSpec],
  },
  {
    name: 'invoices: what the font lacks is drawn as nothing',
    promise: 'PdfPage.shown: what the font cannot show is marked, never left out',
    file: thread,
    replace: [['shown += isCovered ? character : MISSING;', 'shown += character;']],
    suites: [pdfSpec],
  },
  {
    name: 'invoices: nobody says what the mark in a document stands for',
    promise:
      'PdfSheet.uncovered: stands below when there was a character that the font does not have',
    file: thread,
    replace: [['if (!this.isAllCovered) this.text(sheet.uncovered);', '']],
    suites: [pdfSpec],
  },
  {
    name: 'invoices: the same document is another file each time',
    promise: 'PdfPage: the same sheet gives the same bytes',
    file: thread,
    replace: [['CreationDate: new Date(sheet.createdAt)', 'CreationDate: new Date()']],
    suites: [pdfSpec],
  },
  {
    name: 'invoices: documents wait without end',
    promise: 'PdfWriter.write: throws mail.pdf-busy when too many wait',
    file: writer,
    replace: [[' || this.waiting.length >= this.limits.waiting', '']],
    suites: [pdfSpec],
  },
  {
    name: 'invoices: a document that takes for ever holds up the others',
    promise: 'PdfWriter: a document that takes longer than 10 s fails alone',
    file: writer,
    replace: [['this.limits.timeoutMs);', '1_000_000);']],
    suites: [pdfSpec],
  },
  {
    name: 'invoices: nobody asks for the documents of an order',
    promise: 'InvoiceTrigger: asks for documents in the transaction that makes an order need them',
    file: 'libs/invoices/src/model/invoice-trigger.ts',
    replace: [['this.observers.register(this);', '']],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: a prefix ends in a digit before the year',
    promise: 'invoicingSettingsBreaches: no digit at the end of a prefix',
    file: settings,
    replace: [['{0,9}[A-Z-])$/', '{0,9}[A-Z0-9-])$/']],
    suites: [settingsSpec],
    isQuick: true,
  },
  {
    name: 'invoices: both series begin alike',
    promise: 'invoicingSettingsBreaches: credit notes have a prefix of their own',
    file: settings,
    replace: [['invoicePrefix !== creditNotePrefix', 'invoicePrefix !== null']],
    suites: [settingsSpec],
    isQuick: true,
  },
  {
    name: 'invoices: what cannot be printed stands on documents',
    promise: 'invoicingSettingsBreaches: no control characters in what stands on documents',
    file: settings,
    replace: [["['taxId', taxId ?? ''],", '']],
    suites: [settingsSpec],
    isQuick: true,
  },
  {
    name: 'confirmations: the mail comes without its file',
    promise: 'OrderMailWriter: what goes with a letter',
    file: 'libs/orders/src/authoring/mails/order-mail.writer.ts',
    replace: [
      ['source === undefined ? undefined : { source, id: order.id }', 'undefined && source'],
    ],
    suites: ['apps/authoring/src/invoices/invoices-api.int-spec.ts'],
  },
  {
    name: 'confirmations: every shopper reads English',
    promise: 'ConfirmationFiles: in the language of the order',
    file: 'libs/orders/src/model/letters/confirmation-files.ts',
    replace: [['mailLanguageOf(order.locale)', "mailLanguageOf('en')"]],
    suites: ['libs/orders/src/model/letters/confirmation-files.spec.ts'],
    isQuick: true,
  },
];
