import type { MailLanguage } from '#libs/mail';
import type { PaymentMethod } from '#libs/payments';
import type { InvoiceKind } from '../invoice.js';

/** What stands on invoices and credit notes, and in the mails that they come with. */
export interface InvoiceWords {
  readonly titles: Readonly<Record<InvoiceKind, string>>;
  readonly letters: Readonly<Record<InvoiceKind, string>>;
  readonly date: string;
  readonly order: string;
  readonly orderedOn: string;
  readonly corrects: string;
  readonly payment: string;
  readonly methods: Readonly<Record<PaymentMethod, string>>;
  readonly deliveredTo: string;
  readonly taxId: string;
  readonly quantity: string;
  readonly item: string;
  readonly amount: string;
  readonly net: string;
  readonly taxOf: (name: string, rate: string, net: string) => string;
  readonly totals: Readonly<Record<InvoiceKind, string>>;
  readonly reason: string;
  readonly deduction: string;
  readonly credit: string;
}

const WORDS: Readonly<Record<MailLanguage, InvoiceWords>> = {
  en: {
    titles: { invoice: 'Invoice', 'credit-note': 'Credit note' },
    letters: {
      invoice: 'This is the invoice for your order. It is attached as a PDF.',
      'credit-note': 'This is the credit note for what you get back. It is attached as a PDF.',
    },
    date: 'Date',
    order: 'Order',
    orderedOn: 'Ordered on',
    corrects: 'For invoice',
    payment: 'Payment',
    methods: { invoice: 'on account', manual: 'cash or transfer', card: 'card' },
    deliveredTo: 'Delivered to',
    taxId: 'Tax ID',
    quantity: 'Quantity',
    item: 'Item',
    amount: 'Amount with tax',
    net: 'Total without tax',
    taxOf: (name, rate, net) => `${name} ${rate} % of ${net}`,
    totals: { invoice: 'Total', 'credit-note': 'Amount credited' },
    reason: 'Reason',
    deduction: 'Deduction',
    credit: 'Credit',
  },
  de: {
    titles: { invoice: 'Rechnung', 'credit-note': 'Rechnungskorrektur' },
    letters: {
      invoice: 'Hier ist die Rechnung zu Ihrer Bestellung. Sie hängt als PDF an.',
      'credit-note': 'Hier ist die Korrektur Ihrer Rechnung. Sie hängt als PDF an.',
    },
    date: 'Datum',
    order: 'Bestellung',
    orderedOn: 'Bestellt am',
    corrects: 'Zur Rechnung',
    payment: 'Zahlung',
    methods: { invoice: 'auf Rechnung', manual: 'bar oder Überweisung', card: 'Karte' },
    deliveredTo: 'Lieferung an',
    taxId: 'USt-IdNr. oder Steuernummer',
    quantity: 'Menge',
    item: 'Artikel',
    amount: 'Betrag mit Steuer',
    net: 'Summe ohne Steuer',
    taxOf: (name, rate, net) => `${name} ${rate} % auf ${net}`,
    totals: { invoice: 'Gesamtbetrag', 'credit-note': 'Gutgeschriebener Betrag' },
    reason: 'Grund',
    deduction: 'Abzug',
    credit: 'Gutschrift',
  },
};

export function invoiceWords(language: MailLanguage): InvoiceWords {
  return WORDS[language];
}
