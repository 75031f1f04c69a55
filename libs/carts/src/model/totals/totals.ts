import type { TaxRate } from '#libs/stores';
import type { TaxLine } from './taxes.js';

/** What is bought of one thing, at the price that holds for it. */
export interface PricedLine {
  readonly lineId: string;
  /** Whole, at least 1. */
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly taxRates: readonly TaxRate[];
}

/** What one promotion takes off, of which lines. */
export interface Discount {
  readonly promotion: string;
  readonly allocations: readonly { readonly lineId: string; readonly amountMinor: number }[];
  readonly shippingMinor: number;
}

export interface ShippingCharge {
  readonly method: string;
  readonly priceMinor: number;
  readonly taxRates: readonly TaxRate[];
}

/** Everything a total depends on. No clock, no reading: the same snapshot always has the same totals. */
export interface TotalsSnapshot {
  readonly currency: string;
  /** Whether the prices (and the discounts on them) include their taxes. */
  readonly pricesIncludeTax: boolean;
  readonly lines: readonly PricedLine[];
  readonly discounts: readonly Discount[];
  readonly shipping: ShippingCharge | undefined;
}

export interface AppliedDiscount {
  readonly promotion: string;
  /** As prices are written in this store: with or without tax. */
  readonly amountMinor: number;
}

/**
 * Amounts without tax, and what the taxes add: `subtotal - discount + tax = total`, exactly. Nothing is
 * negative.
 */
export interface ChargeTotals {
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly discounts: readonly AppliedDiscount[];
  readonly taxes: readonly TaxLine[];
}

export interface LineTotals extends ChargeTotals {
  readonly lineId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

/** `subtotal - discount + shipping + tax = total`, exactly; each is the sum over lines and shipping. */
export interface Totals {
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly subtotalMinor: number;
  /** Off the goods; what is taken off the shipping is in `shippingMinor` already. */
  readonly discountMinor: number;
  readonly shippingMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly lines: readonly LineTotals[];
  readonly shipping: (ChargeTotals & { readonly method: string }) | undefined;
  /** By rate, over lines and shipping. */
  readonly taxes: readonly TaxLine[];
}
