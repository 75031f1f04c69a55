import { z } from 'zod';
import { isoTime, pageFields, pageOf, plainText } from '#libs/http';
import { invoiceKinds, type InvoiceFilter, type InvoiceHead } from '#libs/invoices';
import { storeCode } from '../catalog/catalog.schemas.js';

export const invoiceListQuery = z.strictObject({
  ...pageFields,
  store: storeCode,
  kind: z.enum(invoiceKinds).optional(),
  number: plainText(40).optional(),
  order: z.uuid().optional().describe('The id of the order.'),
  issuedFrom: z.iso.datetime().optional(),
  issuedUntil: z.iso.datetime().optional().describe('Exclusive.'),
});
export type InvoiceListQuery = z.infer<typeof invoiceListQuery>;

/** What of a query says which documents are meant. */
export function invoiceFilterOf(query: InvoiceListQuery): InvoiceFilter {
  const { kind, number, order: orderId, issuedFrom, issuedUntil } = query;
  const timeOf = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  return {
    kind,
    number,
    orderId,
    issuedFrom: timeOf(issuedFrom),
    issuedUntil: timeOf(issuedUntil),
  };
}

export const invoiceAnswer = z.object({
  id: z.uuid(),
  kind: z.enum(invoiceKinds),
  number: z.string().describe('Without gaps within its prefix and year.'),
  order: z.uuid(),
  total: z.object({ amount: z.number().int(), currency: z.string() }),
  issuedAt: z.iso.datetime(),
});
export type InvoiceAnswer = z.infer<typeof invoiceAnswer>;

export const invoicePage = pageOf(invoiceAnswer);

export function invoiceAnswerOf(invoice: InvoiceHead): InvoiceAnswer {
  const { id, kind, number, orderId: order, totalMinor: amount, currency, issuedAt } = invoice;
  return { id, kind, number, order, total: { amount, currency }, issuedAt: isoTime(issuedAt) };
}
