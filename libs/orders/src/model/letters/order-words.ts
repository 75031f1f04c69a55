import type { MailLanguage } from '#libs/mail';
import { formatMinor } from '#libs/kernel';

/** What letters and documents about an order say, by language. */
export interface OrderWords {
  readonly order: string;
  readonly orderedOn: string;
  readonly thanks: string;
  readonly shipped: string;
  readonly cancelled: string;
  readonly look: string;
  readonly tracking: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly shipping: string;
  readonly tax: string;
  readonly total: string;
  readonly shippingAddress: string;
  readonly billingAddress: string;
}

const WORDS: Readonly<Record<MailLanguage, OrderWords>> = {
  en: {
    order: 'Order',
    orderedOn: 'Ordered on',
    thanks: 'Thank you for your order. This is what we have noted:',
    shipped: 'These items of your order are on their way:',
    cancelled: 'Your order was cancelled. What you have paid is paid back.',
    look: 'See your order',
    tracking: 'Follow the parcel',
    subtotal: 'Subtotal without tax',
    discount: 'Discount',
    shipping: 'Shipping without tax',
    tax: 'Tax',
    total: 'Total',
    shippingAddress: 'Delivered to',
    billingAddress: 'Billed to',
  },
  de: {
    order: 'Bestellung',
    orderedOn: 'Bestellt am',
    thanks: 'Vielen Dank für Ihre Bestellung. Das haben wir notiert:',
    shipped: 'Diese Artikel Ihrer Bestellung sind unterwegs:',
    cancelled: 'Ihre Bestellung wurde storniert. Was Sie bezahlt haben, erhalten Sie zurück.',
    look: 'Bestellung ansehen',
    tracking: 'Sendung verfolgen',
    subtotal: 'Zwischensumme ohne Steuer',
    discount: 'Rabatt',
    shipping: 'Versand ohne Steuer',
    tax: 'Steuer',
    total: 'Summe',
    shippingAddress: 'Lieferung an',
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
