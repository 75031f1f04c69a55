import type { MailLanguage } from '#libs/mail';
import { formatMinor } from '#libs/kernel';

/** What letters and documents about an order say, by language. */
export interface OrderWords {
  readonly order: string;
  readonly orderedOn: string;
  readonly thanks: string;
  readonly checking: string;
  readonly delayed: string;
  readonly meanwhile: string;
  readonly available: string;
  readonly shipped: string;
  readonly ready: string;
  readonly cancelled: string;
  readonly changed: string;
  readonly balanceDue: string;
  readonly look: string;
  readonly tracking: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly shipping: string;
  readonly tax: string;
  readonly total: string;
  readonly shippingAddress: string;
  readonly pickUpAddress: string;
  readonly billingAddress: string;
}

const WORDS: Readonly<Record<MailLanguage, OrderWords>> = {
  en: {
    order: 'Order',
    orderedOn: 'Ordered on',
    thanks: 'Thank you for your order. This is what we have noted:',
    checking:
      'We are checking that everything is there, and write to you if something of it is delayed.',
    delayed: 'There is not enough in stock for all of your order. These items are delayed:',
    meanwhile:
      'We send them as soon as they are there, and tell you. Until then you may cancel them: write to us.',
    available: 'What was delayed of your order is there now, and is kept for you.',
    shipped: 'These items of your order are on their way:',
    ready: 'These items of your order can be fetched:',
    cancelled: 'Your order was cancelled. What you have paid is paid back.',
    changed: 'Your order was changed. This is what it consists of now:',
    balanceDue: 'It comes to more than you have paid. The difference still has to be paid:',
    look: 'See your order',
    tracking: 'Follow the parcel',
    subtotal: 'Subtotal without tax',
    discount: 'Discount',
    shipping: 'Shipping without tax',
    tax: 'Tax',
    total: 'Total',
    shippingAddress: 'Delivered to',
    pickUpAddress: 'Fetched at',
    billingAddress: 'Billed to',
  },
  de: {
    order: 'Bestellung',
    orderedOn: 'Bestellt am',
    thanks: 'Vielen Dank für Ihre Bestellung. Das haben wir notiert:',
    checking:
      'Wir prüfen, ob alles vorrätig ist, und schreiben Ihnen, wenn sich etwas davon verzögert.',
    delayed: 'Für Ihre Bestellung ist nicht alles vorrätig. Diese Artikel verzögern sich:',
    meanwhile:
      'Wir senden sie, sobald sie da sind, und sagen Ihnen Bescheid. Bis dahin können Sie sie stornieren: Schreiben Sie uns.',
    available:
      'Was sich von Ihrer Bestellung verzögert hat, ist jetzt da und für Sie zurückgelegt.',
    shipped: 'Diese Artikel Ihrer Bestellung sind unterwegs:',
    ready: 'Diese Artikel Ihrer Bestellung liegen zur Abholung bereit:',
    cancelled: 'Ihre Bestellung wurde storniert. Was Sie bezahlt haben, erhalten Sie zurück.',
    changed: 'Ihre Bestellung wurde geändert. Das umfasst sie jetzt:',
    balanceDue: 'Sie kostet mehr, als Sie bezahlt haben. Zu zahlen ist noch der Unterschied:',
    look: 'Bestellung ansehen',
    tracking: 'Sendung verfolgen',
    subtotal: 'Zwischensumme ohne Steuer',
    discount: 'Rabatt',
    shipping: 'Versand ohne Steuer',
    tax: 'Steuer',
    total: 'Summe',
    shippingAddress: 'Lieferung an',
    pickUpAddress: 'Abholung bei',
    billingAddress: 'Rechnung an',
  },
};

export function orderWords(language: MailLanguage): OrderWords {
  return WORDS[language];
}

/** An amount as readers of the language write it, such as `1234.50 EUR` and `1234,50 EUR`. */
export function amountText(amountMinor: number, currency: string, language: MailLanguage): string {
  const text = formatMinor(amountMinor, currency);
  return `${language === 'de' ? text.replace('.', ',') : text} ${currency}`;
}

/** The day, in UTC: `2026-03-31` and `31.03.2026`. */
export function dayText(epochMs: number, language: MailLanguage): string {
  const day = new Date(epochMs).toISOString().slice(0, 10);
  return language === 'de' ? day.split('-').reverse().join('.') : day;
}

/** A rate in per cent: `7.7` and `7,7`. */
export function rateText(ratePpm: number, language: MailLanguage): string {
  const text = String(ratePpm / 10_000);
  return language === 'de' ? text.replace('.', ',') : text;
}
