/** A code that shoppers type, as it is stored. */
export interface Coupon {
  readonly id: string;
  readonly promotionId: string;
  /** null: it was made by itself. */
  readonly batchId: string | null;
  readonly code: string;
  /** How many orders may use it; null: any number, and nothing is counted. */
  readonly useLimit: number | null;
  readonly uses: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** A coupon as a cart holds it. */
export interface HeldCoupon {
  readonly code: string;
  readonly couponId: string;
  readonly promotionId: string;
}

const CODE = /^[A-Z0-9](?:[A-Z0-9-]{1,38}[A-Z0-9])$/;

/** As codes are stored and compared: shoppers write them as they like. Undefined when it can be none. */
export function normalisedCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return CODE.test(code) ? code : undefined;
}
