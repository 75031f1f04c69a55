import { productLimits, staleVersion, type RuleBreach } from '#libs/kernel';

/** What one piece of a variant costs in one currency, as it is stated. */
export interface VariantPrice {
  readonly currency: string;
  readonly amountMinor: number;
  /** What it cost before, when that is shown. */
  readonly compareAtMinor: number | null;
  /** When given: the version the statement is based on; 0 stands for no price. */
  readonly version?: number | undefined;
}

export interface StoredPrice extends VariantPrice {
  readonly version: number;
}

/** The lowest and the highest price among the variants of a product. */
export interface PriceSpan {
  readonly minMinor: number;
  readonly maxMinor: number;
}

/** Undefined for no price at all. */
export function spanOf(prices: readonly { readonly amountMinor: number }[]): PriceSpan | undefined {
  if (prices.length === 0) return undefined;
  const amounts = prices.map(({ amountMinor }) => amountMinor);
  return {
    minMinor: amounts.reduce((least, each) => Math.min(least, each)),
    maxMinor: amounts.reduce((most, each) => Math.max(most, each)),
  };
}

function isSamePrice(one: VariantPrice, other: VariantPrice): boolean {
  return one.amountMinor === other.amountMinor && one.compareAtMinor === other.compareAtMinor;
}

/**
 * The prices of a variant once what is stated holds instead of what is stored, by currency. A price
 * that stays the same keeps its version. Throws `http.stale-version` for a statement that is based
 * on another version.
 */
export function settledPrices(
  stored: readonly StoredPrice[],
  stated: readonly VariantPrice[],
): StoredPrice[] {
  const settled = stated.map(({ currency, amountMinor, compareAtMinor, version }) => {
    const before = stored.find((each) => each.currency === currency);
    const current = before?.version ?? 0;
    if (version !== undefined && version !== current) throw staleVersion(current);
    const after = { currency, amountMinor, compareAtMinor };
    if (before !== undefined && isSamePrice(before, after)) return before;
    return { ...after, version: current + 1 };
  });
  return settled.sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

/** What is wrong with the prices of a variant of a store that sells in `currencies`. */
export function priceBreaches(
  currencies: readonly string[],
  prices: readonly VariantPrice[],
): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const check = (isRight: boolean, path: string, message: string): void => {
    if (!isRight) breaches.push({ path, message });
  };
  const isAmount = (value: number): boolean =>
    Number.isSafeInteger(value) && value >= 0 && value <= productLimits.amountMinor;
  const distinct = new Set(prices.map(({ currency }) => currency)).size;
  check(distinct === prices.length, 'prices', 'each currency once');
  for (const { currency, amountMinor, compareAtMinor } of prices) {
    const path = `prices.${currency}`;
    check(currencies.includes(currency), path, 'not a currency of the store');
    check(isAmount(amountMinor), path, 'a whole number from 0');
    check(
      compareAtMinor === null || isAmount(compareAtMinor),
      `${path}.compareAt`,
      'a whole number from 0',
    );
  }
  return breaches;
}
