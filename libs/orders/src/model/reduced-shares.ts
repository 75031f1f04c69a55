import type { ReducedShare } from '#libs/payments';
import { agreedPartsOf } from './agreed-parts.js';
import type { Order } from './order.js';

export type Priced = Pick<Order, 'lines' | 'taxes' | 'totalMinor'>;
type Tax = ReducedShare['taxes'][number];

/**
 * How much less an order comes to than before, by how its parts are taxed; undefined when something of it is more, pieces, net or of
 * a tax: then it is not only less. Pure; all of it together is the difference of the totals, and nothing is rounded.
 */
export function reducedShares(before: Priced, after: Priced): readonly ReducedShare[] | undefined {
  const had = new Map(before.lines.map(({ variantId, quantity }) => [variantId, quantity]));
  if (after.lines.some(({ variantId, quantity }) => quantity > (had.get(variantId) ?? 0))) {
    return undefined;
  }
  const less = new Map<string, { netMinor: number; taxes: Tax[] }>();
  add(less, before, 1);
  add(less, after, -1);
  const shares = [...less.values()];
  const isOnlyLess = shares.every(
    ({ netMinor, taxes }) => netMinor >= 0 && taxes.every(({ amountMinor }) => amountMinor >= 0),
  );
  if (!isOnlyLess) return undefined;
  return shares
    .map(({ netMinor, taxes }) => ({ netMinor, taxes, totalMinor: sumOf(netMinor, taxes) }))
    .filter(({ totalMinor }) => totalMinor > 0);
}

/** What is taxed alike is one share, as on an invoice. */
function add(
  shares: Map<string, { netMinor: number; taxes: Tax[] }>,
  order: Priced,
  sign: 1 | -1,
): void {
  for (const { netMinor, taxes } of chargesOf(order)) {
    const key = taxes.map(({ code, ratePpm }) => `${code} ${ratePpm}`).join('|');
    const share = shares.get(key) ?? {
      netMinor: 0,
      taxes: taxes.map((tax) => ({ ...tax, amountMinor: 0 })),
    };
    shares.set(key, {
      netMinor: share.netMinor + sign * netMinor,
      taxes: share.taxes.map((tax, index) => ({
        ...tax,
        amountMinor: tax.amountMinor + sign * (taxes[index]?.amountMinor ?? 0),
      })),
    });
  }
}

/** What the shipping came to, at the rates that take something of it. Pure. */
export function shippingShareOf(order: Priced): ReducedShare {
  const { shipping } = agreedPartsOf(order);
  const { totalMinor } = shipping;
  const taxes = order.taxes
    .map((tax, index) => ({ ...tax, amountMinor: shipping.taxes[index]?.amountMinor ?? 0 }))
    .filter(({ amountMinor }) => amountMinor !== 0);
  const taxMinor = taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return { netMinor: totalMinor - taxMinor, taxes, totalMinor };
}

function chargesOf(order: Priced): { netMinor: number; taxes: readonly Tax[] }[] {
  return [
    ...order.lines.map(({ subtotalMinor, discountMinor, taxes }) => ({
      netMinor: subtotalMinor - discountMinor,
      taxes,
    })),
    shippingShareOf(order),
  ];
}

function sumOf(netMinor: number, taxes: readonly Tax[]): number {
  return taxes.reduce((sum, { amountMinor }) => sum + amountMinor, netMinor);
}
