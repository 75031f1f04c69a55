import type { TaxRate } from '#libs/stores';
import { includedTax, taxesOf, type TaxLine } from './taxes.js';
import type {
  AppliedDiscount,
  ChargeTotals,
  LineTotals,
  Totals,
  TotalsSnapshot,
} from './totals.js';

/**
 * The totals of a snapshot: pure, in integers. Every discount is taken where it was allocated, every tax
 * is rounded once per line, and all sums are sums of what the lines say.
 *
 * Throws a RangeError for what no snapshot of ours may hold: a discount larger than what it applies to,
 * an unknown line, amounts that are no longer exact.
 */
export function calculateTotals(snapshot: TotalsSnapshot): Totals {
  const discounts = discountsByLine(snapshot);
  const lines = snapshot.lines.map((line): LineTotals => {
    const { lineId, quantity, unitPriceMinor, taxRates } = line;
    const charge = chargeTotals(
      quantity * unitPriceMinor,
      discounts.get(lineId) ?? [],
      taxRates,
      snapshot.pricesIncludeTax,
    );
    return { lineId, quantity, unitPriceMinor, ...charge };
  });
  const shipping = shippingTotals(snapshot);
  const subtotalMinor = sum(lines, (line) => line.subtotalMinor);
  const discountMinor = sum(lines, (line) => line.discountMinor);
  const charges = shipping === undefined ? lines : [...lines, shipping];
  return {
    currency: snapshot.currency,
    pricesIncludeTax: snapshot.pricesIncludeTax,
    subtotalMinor,
    discountMinor,
    shippingMinor: shipping === undefined ? 0 : shipping.subtotalMinor - shipping.discountMinor,
    taxMinor: sum(charges, ({ taxMinor }) => taxMinor),
    totalMinor: sum(charges, ({ totalMinor }) => totalMinor),
    lines,
    shipping,
    taxes: taxesByRate(charges),
  };
}

function shippingTotals({ shipping, discounts, pricesIncludeTax }: TotalsSnapshot) {
  if (shipping === undefined) return undefined;
  const off = discounts
    .filter(({ shippingMinor }) => shippingMinor > 0)
    .map(({ promotion, shippingMinor }) => ({ promotion, amountMinor: shippingMinor }));
  const { method, priceMinor, taxRates } = shipping;
  return { method, ...chargeTotals(priceMinor, off, taxRates, pricesIncludeTax) };
}

function discountsByLine({ lines, discounts }: TotalsSnapshot): Map<string, AppliedDiscount[]> {
  const byLine = new Map<string, AppliedDiscount[]>(lines.map(({ lineId }) => [lineId, []]));
  for (const { promotion, allocations } of discounts) {
    for (const { lineId, amountMinor } of allocations) {
      const ofLine = byLine.get(lineId);
      if (ofLine === undefined) throw new RangeError(`no line ${lineId}`);
      if (amountMinor > 0) ofLine.push({ promotion, amountMinor });
    }
  }
  return byLine;
}

function chargeTotals(
  priceMinor: number,
  discounts: readonly AppliedDiscount[],
  rates: readonly TaxRate[],
  isIncluded: boolean,
): ChargeTotals {
  const offMinor = sum(discounts, ({ amountMinor }) => amountMinor);
  const paidMinor = priceMinor - offMinor;
  if (paidMinor < 0) throw new RangeError('a discount exceeds its line');
  if (!Number.isSafeInteger(priceMinor)) throw new RangeError('an amount is not exact');
  const taxes = taxesOf(paidMinor, rates, isIncluded);
  const taxMinor = sum(taxes, ({ amountMinor }) => amountMinor);
  const subtotalMinor = isIncluded ? priceMinor - includedTax(priceMinor, rates) : priceMinor;
  const totalMinor = isIncluded ? paidMinor : paidMinor + taxMinor;
  const discountMinor = subtotalMinor + taxMinor - totalMinor;
  return { subtotalMinor, discountMinor, taxMinor, totalMinor, discounts, taxes };
}

function taxesByRate(charges: readonly ChargeTotals[]): TaxLine[] {
  const byRate = new Map<string, TaxLine>();
  for (const tax of charges.flatMap(({ taxes }) => taxes)) {
    const key = `${tax.code} ${tax.ratePpm}`;
    const amountMinor = (byRate.get(key)?.amountMinor ?? 0) + tax.amountMinor;
    byRate.set(key, { ...tax, amountMinor });
  }
  return [...byRate.values()];
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += valueOf(item);
  if (!Number.isSafeInteger(total)) throw new RangeError('an amount is not exact');
  return total;
}
