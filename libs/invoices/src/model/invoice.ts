import type { TaxLine } from '#libs/carts';
import type { Address } from '#libs/kernel';
import type { MailLanguage } from '#libs/mail';
import type { PaymentMethod } from '#libs/payments';
import type { InvoicingSettings } from '#libs/stores';

/** An order has one invoice, and one for each balance that an edit left since; what comes off afterwards is a credit note each. */
export const invoiceKinds = ['invoice', 'credit-note'] as const;
export type InvoiceKind = (typeof invoiceKinds)[number];

/**
 * What is billed or credited: pieces of a line, the shipping, or an amount for no part of the order. Minor
 * units: `net + taxes = total`. On an invoice an amount may be negative; on a credit note everything
 * is what the shopper gets back.
 */
export interface InvoiceLine {
  readonly kind: 'item' | 'shipping' | 'amount';
  readonly name: string;
  readonly sku: string | null;
  readonly optionValues: readonly string[];
  /** Null: not counted. */
  readonly quantity: number | null;
  readonly netMinor: number;
  readonly taxes: readonly TaxLine[];
  readonly totalMinor: number;
}

/** What one rate takes, and of how much. */
export interface InvoiceTax extends TaxLine {
  readonly netMinor: number;
}

/** Everything that stands on a document, as it was when it was issued: it never changes. */
export interface InvoiceContent {
  readonly storeName: string;
  readonly seller: Pick<InvoicingSettings, 'sellerLines' | 'taxId' | 'footerLines'>;
  readonly language: MailLanguage;
  readonly order: { readonly number: string; readonly placedAt: number };
  /** Of the invoice that a credit note is about. */
  readonly invoiceNumber: string | null;
  readonly billingAddress: Address;
  readonly shippingAddress: Address;
  readonly paymentMethod: PaymentMethod;
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly InvoiceTax[];
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** Refunds that an invoice has taken off already: pieces that were lost before it was issued. */
  readonly deducted: readonly string[];
  /** Balances that an invoice of an order bills too, for they were there before it; absent: none. */
  readonly includes?: readonly string[];
  /** Why something is given back. */
  readonly reason: string | null;
}

/** An invoice or a credit note without what stands on it. */
export interface InvoiceHead {
  readonly id: string;
  readonly storeId: string;
  readonly orderId: string;
  readonly subjectId: string;
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly currency: string;
  readonly totalMinor: number;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
}

export interface Invoice extends InvoiceHead {
  readonly content: InvoiceContent;
}
