import type { TaxLine } from '#libs/carts';
import { allocate } from '#libs/kernel';
import type { InvoiceLine, InvoiceTax } from './invoice.js';

export interface InvoiceSums {
  readonly taxes: readonly InvoiceTax[];
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
}

/** Lines that are taxed alike: the same rates on the same net. */
interface TaxGroup {
  netMinor: number;
  taxes: TaxLine[];
}

/** What lines come to, by rate too. Pure; nothing is rounded again. */
export function sumsOf(lines: readonly InvoiceLine[]): InvoiceSums {
  const byRate = new Map<string, InvoiceTax>();
  for (const { netMinor, taxes } of lines) {
    for (const tax of taxes) {
      const known = byRate.get(rateKey(tax));
      byRate.set(rateKey(tax), {
        ...tax,
        netMinor: (known?.netMinor ?? 0) + netMinor,
        amountMinor: (known?.amountMinor ?? 0) + tax.amountMinor,
      });
    }
  }
  const taxes = [...byRate.values()];
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0);
  const taxMinor = taxes.reduce((sum, tax) => sum + tax.amountMinor, 0);
  return { taxes, netMinor, taxMinor, totalMinor: netMinor + taxMinor };
}

/**
 * An amount that belongs to no part of an order, as shares of what is left after `given`, so that all of
 * them together come to exactly what there was, of each rate. Pure. Throws a RangeError for more than is left.
 */
export function amountLines(
  amountMinor: number,
  name: string,
  billed: readonly InvoiceLine[],
  given: readonly InvoiceLine[],
): InvoiceLine[] {
  const left = [...leftOf(billed, given).values()].map(({ netMinor, taxes }) => ({
    netMinor: Math.max(0, netMinor),
    taxes: taxes.map((tax) => ({ ...tax, amountMinor: Math.max(0, tax.amountMinor) })),
  }));
  const weights = left.flatMap(({ netMinor, taxes }) => [
    netMinor,
    ...taxes.map((tax) => tax.amountMinor),
  ]);
  if (amountMinor > weights.reduce((sum, weight) => sum + weight, 0)) {
    throw new RangeError('more than is left');
  }
  const parts = allocate(amountMinor, weights);
  return left.flatMap((group): InvoiceLine[] => {
    const [netMinor = 0, ...amounts] = parts.splice(0, 1 + group.taxes.length);
    const taxes = group.taxes.map((tax, index) => ({ ...tax, amountMinor: amounts[index] ?? 0 }));
    const totalMinor = amounts.reduce((sum, amount) => sum + amount, netMinor);
    const line = { kind: 'amount', name, sku: null, optionValues: [], quantity: null } as const;
    return totalMinor === 0 ? [] : [{ ...line, netMinor, taxes, totalMinor }];
  });
}

/** Whether no rate gives back more than is left of it. Pure. */
export function isWithin(
  lines: readonly InvoiceLine[],
  billed: readonly InvoiceLine[],
  given: readonly InvoiceLine[],
): boolean {
  return [...leftOf(billed, [...given, ...lines]).values()].every(
    ({ netMinor, taxes }) => netMinor >= 0 && taxes.every(({ amountMinor }) => amountMinor >= 0),
  );
}

/** The same below zero. Pure. */
export function negativeLine(line: InvoiceLine): InvoiceLine {
  return {
    ...line,
    quantity: line.quantity === null ? null : -line.quantity,
    netMinor: -line.netMinor,
    taxes: line.taxes.map((tax) => ({ ...tax, amountMinor: -tax.amountMinor })),
    totalMinor: -line.totalMinor,
  };
}

function leftOf(
  billed: readonly InvoiceLine[],
  given: readonly InvoiceLine[],
): Map<string, TaxGroup> {
  const groups = new Map<string, TaxGroup>();
  const add = (lines: readonly InvoiceLine[], sign: 1 | -1) => {
    for (const { netMinor, taxes } of lines) {
      const key = taxes.map(rateKey).join('|');
      const group = groups.get(key) ?? {
        netMinor: 0,
        taxes: taxes.map((tax) => ({ ...tax, amountMinor: 0 })),
      };
      groups.set(key, {
        netMinor: group.netMinor + sign * netMinor,
        taxes: group.taxes.map((tax, index) => ({
          ...tax,
          amountMinor: tax.amountMinor + sign * (taxes[index]?.amountMinor ?? 0),
        })),
      });
    }
  };
  add(billed, 1);
  add(given, -1);
  return groups;
}

function rateKey({ code, ratePpm }: TaxLine): string {
  return `${code} ${ratePpm}`;
}
