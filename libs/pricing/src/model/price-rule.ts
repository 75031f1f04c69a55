import { productLimits, type RuleBreach } from '#libs/kernel';
import type { VariantPrice } from './price.js';

/** How an amount is moved. */
export type PriceShift =
  | { readonly kind: 'set'; readonly amountMinor: number }
  /** Millionths: -100,000 takes 10 % off. */
  | { readonly kind: 'percent'; readonly percentPpm: number }
  | { readonly kind: 'amount'; readonly amountMinor: number };

/**
 * Which amounts are allowed: `endingMinor` and every `stepMinor` more. Steps of 100 that end in 99 are
 * 0.99, 1.99, 2.99 in a currency of two digits.
 */
export interface PriceRounding {
  readonly stepMinor: number;
  readonly endingMinor: number;
  readonly mode: 'nearest' | 'up' | 'down';
}

/** What a price is made of another by. */
export interface PriceRule {
  readonly shift: PriceShift;
  readonly rounding: PriceRounding;
  /** What it cost before stays as it is shown, is the price that the rule was given, or goes. */
  readonly compareAt: 'keep' | 'previous' | 'clear';
}

export const priceRuleLimits = {
  /** Takes everything off. */
  minPercentPpm: -1_000_000,
  maxPercentPpm: 10_000_000,
  stepMinor: 1_000_000_000,
} as const;

/** Every amount is allowed. */
export const EXACT: PriceRounding = { stepMinor: 1, endingMinor: 0, mode: 'nearest' };

const MILLION = 1_000_000n;

/** What is wrong with a rule. */
export function priceRuleBreaches({ shift, rounding }: PriceRule): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const check = (isRight: boolean, path: string, message: string): void => {
    if (!isRight) breaches.push({ path, message });
  };
  const { minPercentPpm, maxPercentPpm, stepMinor } = priceRuleLimits;
  const isWithin = (value: number, least: number, most: number): boolean =>
    Number.isSafeInteger(value) && value >= least && value <= most;
  if (shift.kind === 'percent') {
    const isPercent = isWithin(shift.percentPpm, minPercentPpm, maxPercentPpm);
    check(isPercent, 'change.percentPpm', `from ${minPercentPpm} to ${maxPercentPpm}`);
  } else {
    const most = productLimits.amountMinor;
    const least = shift.kind === 'set' ? 0 : -most;
    check(isWithin(shift.amountMinor, least, most), 'change.amount', `from ${least} to ${most}`);
  }
  check(isWithin(rounding.stepMinor, 1, stepMinor), 'rounding.step', `from 1 to ${stepMinor}`);
  check(
    isWithin(rounding.endingMinor, 0, rounding.stepMinor - 1),
    'rounding.ending',
    'from 0, below the step',
  );
  return breaches;
}

/**
 * The price that a rule makes of another: exact, rounded once. Undefined when no allowed amount is left
 * between nothing and the highest price there may be.
 */
export function repriced(
  { currency, amountMinor, compareAtMinor }: VariantPrice,
  rule: PriceRule,
): VariantPrice | undefined {
  const after = rounded(shiftedMillionths(amountMinor, rule.shift), rule.rounding);
  if (after < 0 || after > productLimits.amountMinor) return undefined;
  const shown = { keep: compareAtMinor, previous: amountMinor, clear: null };
  return { currency, amountMinor: after, compareAtMinor: shown[rule.compareAt] };
}

function shiftedMillionths(amountMinor: number, shift: PriceShift): bigint {
  if (shift.kind === 'set') return BigInt(shift.amountMinor) * MILLION;
  if (shift.kind === 'amount') return (BigInt(amountMinor) + BigInt(shift.amountMinor)) * MILLION;
  return BigInt(amountMinor) * (MILLION + BigInt(shift.percentPpm));
}

/** Half a step is rounded up. No amount below nothing is rounded up to one that is allowed. */
function rounded(millionths: bigint, { stepMinor, endingMinor, mode }: PriceRounding): number {
  if (millionths < 0n) return -1;
  const step = BigInt(stepMinor) * MILLION;
  const ending = BigInt(endingMinor) * MILLION;
  const above = (((millionths - ending) % step) + step) % step;
  const lower = millionths - above;
  if (above === 0n) return Number(lower / MILLION);
  const isUp = mode === 'up' || (mode === 'nearest' && (2n * above >= step || lower < 0n));
  return Number((isUp ? lower + step : lower) / MILLION);
}
