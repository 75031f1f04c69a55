import { z } from 'zod';
import { isoTime } from '#libs/http';
import { invoiceKinds, type InvoiceHead } from '#libs/invoices';
import { money } from '../catalog/storefront.schemas.js';
import { numberParams } from '../orders/order.schemas.js';

export const invoiceParams = numberParams.extend({ id: z.uuid() });
export type InvoiceParams = z.infer<typeof invoiceParams>;

const invoiceAnswer = z.object({
  id: z.uuid(),
  kind: z.enum(invoiceKinds).describe('credit-note: what was given back, or is no longer owed.'),
  number: z.string(),
  total: money.describe('With tax; of a credit note what is credited.'),
  issuedAt: z.iso.datetime(),
});

export const invoiceList = z.object({ items: z.array(invoiceAnswer) });
export type InvoiceList = z.infer<typeof invoiceList>;

export function invoiceListOf(invoices: readonly InvoiceHead[]): InvoiceList {
  return {
    items: invoices.map(({ id, kind, number, totalMinor, currency, issuedAt }) => ({
      id,
      kind,
      number,
      total: { amount: totalMinor, currency },
      issuedAt: isoTime(issuedAt),
    })),
  };
}
