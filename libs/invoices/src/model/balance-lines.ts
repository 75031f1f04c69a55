import type { Order } from '#libs/orders';
import type { Payment, Refund } from '#libs/payments';
import { refundedLines } from './billed-lines.js';
import { amountLines, negativeLine, sumsOf } from './invoice-sums.js';
import type { Invoice, InvoiceLine } from './invoice.js';

/** What is billed with a payment: the order as it was placed, or what an edit added. */
export function claimOf({ orderId, balance }: Payment): string {
  return balance?.claim ?? orderId;
}

/** The invoice that bills what a payment is for; the one of the order bills all that was added before it. */
export function invoiceOf(payment: Payment, invoices: readonly Invoice[]): Invoice | undefined {
  const claim = claimOf(payment);
  return invoices.find(
    ({ subjectId, content }) => subjectId === claim || (content.includes ?? []).includes(claim),
  );
}

/**
 * What the invoice of a balance says: what was added, part by part, without what was given up of it before. Pure. It comes to `dueMinor`
 * exactly, of which nothing may be left: then it says what stands in the place of what was billed before.
 */
export function balanceLines(
  order: Order,
  { balance }: Payment,
  lost: readonly Refund[],
  dueMinor: number,
  deduction: string,
): InvoiceLine[] {
  const added = (balance?.lines ?? []).map((line): InvoiceLine => ({ ...line }));
  const parts = lost.flatMap((refund) => {
    const own = refundedLines(order, refund, deduction);
    // What is noted with one of several refunds, and is more than it, comes off as a sum.
    return sumsOf(own).totalMinor <= refund.amountMinor ? own.map(negativeLine) : [];
  });
  const lines = [...added, ...parts];
  const excessMinor = sumsOf(lines).totalMinor - dueMinor;
  if (excessMinor <= 0) return lines;
  return [...lines, ...amountLines(excessMinor, deduction, lines, []).map(negativeLine)];
}

/** Whether lines say nothing: neither in all nor of any tax. Pure. */
export function saysNothing(lines: readonly InvoiceLine[]): boolean {
  const { netMinor, taxes } = sumsOf(lines);
  return netMinor === 0 && taxes.every((tax) => tax.amountMinor === 0 && tax.netMinor === 0);
}
