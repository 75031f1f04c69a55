import type { TaxLine } from '#libs/carts';
import { agreedPartsOf, type Order } from '#libs/orders';
import type { Refund } from '#libs/payments';
import type { InvoiceLine } from './invoice.js';
import { amountLines, negativeLine, sumsOf } from './invoice-sums.js';

type Share = NonNullable<Refund['parts']['shipping']>;

/**
 * What an invoice says of an order: its pieces and shipping for what was agreed, without the pieces that it
 * has lost before. Pure. It comes to `dueMinor` exactly; what comes off beyond pieces is a line of its own.
 */
export function billedLines(
  order: Order,
  lost: readonly Refund[],
  dueMinor: number,
  deduction: string,
): InvoiceLine[] {
  const items = order.lines.map((line, index): InvoiceLine => {
    const parts = lost.flatMap(({ parts: { items: of } }) =>
      of.filter((item) => item.line === index + 1),
    );
    const { name, sku, optionValues, taxes, totalMinor } = line;
    const charge = { netMinor: line.subtotalMinor - line.discountMinor, taxes, totalMinor };
    const quantity = parts.reduce((left, part) => left - part.quantity, line.quantity);
    return { kind: 'item', name, sku, optionValues, quantity, ...without(charge, parts) };
  });
  const lines = [...items, shippingLine(order, lost)].filter(
    ({ quantity, totalMinor }) => totalMinor !== 0 || (quantity ?? 0) > 0,
  );
  const excessMinor = sumsOf(lines).totalMinor - dueMinor;
  if (excessMinor <= 0) return lines;
  return [...lines, ...amountLines(excessMinor, deduction, lines, []).map(negativeLine)];
}

/** What is given back of an order by a refund of parts, or of what an edit took off. Pure. */
export function refundedLines(order: Order, { parts }: Refund, reduction: string): InvoiceLine[] {
  const items = parts.items.flatMap((item): InvoiceLine[] => {
    const line = order.lines[item.line - 1];
    if (line === undefined) return [];
    const { name, sku, optionValues, taxes } = line;
    const { quantity } = item;
    return [{ kind: 'item', name, sku, optionValues, quantity, ...shareOf(item, taxes) }];
  });
  const reduced = (parts.reduced ?? []).map((share): InvoiceLine => {
    const none = { sku: null, optionValues: [], quantity: null };
    return { kind: 'amount', name: reduction, ...none, ...share };
  });
  const { shipping } = parts;
  if (shipping === null) return [...items, ...reduced];
  const { taxes, ...share } = shareOf(shipping, order.taxes);
  return [
    ...items,
    ...reduced,
    { ...namedShipping(order), ...share, taxes: taxes.filter(isTaken) },
  ];
}

function shippingLine(order: Order, lost: readonly Refund[]): InvoiceLine {
  const { shipping } = agreedPartsOf(order);
  const taxMinor = shipping.taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const charge = {
    netMinor: shipping.totalMinor - taxMinor,
    taxes: order.taxes.map((tax, index) => ({
      ...tax,
      amountMinor: shipping.taxes[index]?.amountMinor ?? 0,
    })),
    totalMinor: shipping.totalMinor,
  };
  const shares = lost.flatMap(({ parts }) => (parts.shipping === null ? [] : [parts.shipping]));
  const { taxes, ...left } = without(charge, shares);
  return { ...namedShipping(order), ...left, taxes: taxes.filter(isTaken) };
}

function namedShipping({ shipping }: Order) {
  const { name } = shipping;
  return { kind: 'shipping', name, sku: null, optionValues: [], quantity: null } as const;
}

/** Rates of the order that the shipping has no part in. */
function isTaken({ amountMinor }: TaxLine): boolean {
  return amountMinor !== 0;
}

type Charge = Pick<InvoiceLine, 'netMinor' | 'taxes' | 'totalMinor'>;

function without(charge: Charge, shares: readonly Share[]): Charge {
  const minus = (amount: number, amountOf: (share: Share) => number) =>
    shares.reduce((left, share) => left - amountOf(share), amount);
  return {
    netMinor: minus(charge.netMinor, ({ netMinor }) => netMinor),
    taxes: charge.taxes.map((tax, index) => ({
      ...tax,
      amountMinor: minus(tax.amountMinor, ({ taxes }) => taxes[index]?.amountMinor ?? 0),
    })),
    totalMinor: minus(charge.totalMinor, ({ totalMinor }) => totalMinor),
  };
}

/** Shares name the taxes of their charge in its order. */
function shareOf({ netMinor, taxes, totalMinor }: Share, rates: readonly TaxLine[]): Charge {
  const amounts = rates.map((rate, index) => ({
    ...rate,
    amountMinor: taxes[index]?.amountMinor ?? 0,
  }));
  return { netMinor, taxes: amounts, totalMinor };
}
