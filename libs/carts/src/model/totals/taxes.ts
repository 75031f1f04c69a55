import { allocate, multiplyRounded } from '#libs/kernel';
import type { TaxRate } from '#libs/stores';

/** What one rate takes of one line. */
export interface TaxLine extends TaxRate {
  readonly amountMinor: number;
}

const WHOLE_PPM = 1_000_000;

/**
 * The taxes of an amount. Each is rounded once, half away from zero. Of an amount that includes its
 * taxes their sum is rounded once and divided among the rates, so that net and taxes give the amount.
 */
export function taxesOf(
  amountMinor: number,
  rates: readonly TaxRate[],
  isIncluded: boolean,
): TaxLine[] {
  if (!isIncluded) {
    return rates.map((rate) => ({
      ...rate,
      amountMinor: multiplyRounded(amountMinor, rate.ratePpm, WHOLE_PPM),
    }));
  }
  const amounts = allocate(
    includedTax(amountMinor, rates),
    rates.map(({ ratePpm }) => ratePpm),
  );
  return rates.map((rate, index) => ({ ...rate, amountMinor: amounts[index] as number }));
}

/** What of an amount is tax, when its taxes are part of it. Never grows faster than the amount. */
export function includedTax(amountMinor: number, rates: readonly TaxRate[]): number {
  const ratePpm = rates.reduce((sum, rate) => sum + rate.ratePpm, 0);
  return multiplyRounded(amountMinor, ratePpm, WHOLE_PPM + ratePpm);
}
