import type { AgreedParts } from '#libs/payments';
import type { Order } from './order.js';

/**
 * What was agreed for each part of an order, for refunds. Pure. What its shipping came to is what its lines
 * did not: totals and taxes are the exact sums of both.
 */
export function agreedPartsOf(order: Pick<Order, 'lines' | 'taxes' | 'totalMinor'>): AgreedParts {
  const lines = order.lines.map(({ quantity, totalMinor, taxes }) => ({
    quantity,
    totalMinor,
    taxes: taxes.map(({ code, amountMinor }) => ({ code, amountMinor })),
  }));
  const taxesOfLines = order.lines.flatMap((line) => line.taxes);
  const taxes = order.taxes.map(({ code, ratePpm, amountMinor }) => ({
    code,
    amountMinor: taxesOfLines
      .filter((tax) => tax.code === code && tax.ratePpm === ratePpm)
      .reduce((left, tax) => left - tax.amountMinor, amountMinor),
  }));
  const totalMinor = lines.reduce((left, line) => left - line.totalMinor, order.totalMinor);
  return { lines, shipping: { totalMinor, taxes } };
}
