import type { Order } from '#libs/orders';
import { dueMinor, type Payment, type Refund } from '#libs/payments';
import { refundedLines } from './billed-lines.js';
import type { InvoiceLine } from './invoice.js';
import { amountLines, isWithin, sumsOf } from './invoice-sums.js';

/**
 * What a credit note says of a refund that was made; empty when there is nothing to credit: more was taken
 * than was billed, and that is what was given back. Pure. `payments`: those of which something is billed; `given` is what earlier credit notes say: all of them
 * together never come to more than the invoice, of no rate either, and to all of it when all was given back.
 */
export function creditedLines(
  order: Order,
  payments: readonly Payment[],
  refund: Refund,
  {
    billed,
    given,
  }: { readonly billed: readonly InvoiceLine[]; readonly given: readonly InvoiceLine[] },
  name: string,
): InvoiceLine[] {
  const standingMinor = sumsOf(billed).totalMinor - sumsOf(given).totalMinor;
  const amountMinor = Math.min(refund.amountMinor, standingMinor - keptMinor(payments));
  if (amountMinor <= 0) return [];
  const parts = refundedLines(order, refund, name);
  const restMinor = amountMinor - sumsOf(parts).totalMinor;
  if (restMinor < 0 || !isWithin(parts, billed, given)) {
    return amountLines(amountMinor, name, billed, given);
  }
  return [...parts, ...amountLines(restMinor, name, billed, [...given, ...parts])];
}

/** What the shopper has paid and does not get back, or owes. */
function keptMinor(payments: readonly Payment[]): number {
  return payments.reduce((sum, payment) => {
    const { state, capturedMinor, refundedMinor } = payment;
    return sum + (state === 'captured' ? capturedMinor - refundedMinor : dueMinor(payment));
  }, 0);
}
