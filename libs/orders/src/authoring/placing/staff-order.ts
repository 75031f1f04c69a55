import type { ImaginedCart } from '#libs/carts';

/** A price that staff agreed on with a buyer, instead of the one that is listed. */
export interface AgreedPrice {
  readonly sku: string;
  /** Of one piece, as prices are written in the store: with or without tax. */
  readonly unitPriceMinor: number;
  readonly reason: string;
}

/** What staff order for somebody. */
export interface StaffOrder extends ImaginedCart {
  readonly agreedPrices: readonly AgreedPrice[];
}

const MAX_REASON = 500;

/** What of it is said in the history of the order; null: every price is as listed. Pure. */
export function reasonOfPrices(agreed: readonly AgreedPrice[]): string | null {
  if (agreed.length === 0) return null;
  const text = agreed.map(({ sku, reason }) => `${sku}: ${reason}`).join('; ');
  return text.length <= MAX_REASON ? text : `${text.slice(0, MAX_REASON - 1)}…`;
}
