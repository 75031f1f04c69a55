import type { StockHoldRules } from '#libs/stores';
import { cartLimits, type CartLine } from './cart.js';

const MINUTE_MS = 60_000;
/** Within this long a cart keeps goods for its allowance and no longer, whatever is done to it. */
export const HOLDING_DAY_MS = 24 * 60 * MINUTE_MS;
/** The allowance: so many times what a store says for one change. */
export const HOLDING_TIMES = 4;

/** Since when a cart has had goods kept, and until when it has what is in it now. */
export interface HoldingTime {
  readonly since: number;
  /** undefined: it had its allowance. */
  readonly until: number | undefined;
}

/**
 * How long goods are kept for a cart that changes now. Each change renews it, up to an allowance that begins with the first and
 * begins anew a day later: within any day a cart keeps goods for at most four times what the store says.
 */
export function holdingTime(
  since: number | null,
  now: number,
  { minutes }: StockHoldRules,
): HoldingTime {
  const begin = since === null || now - since >= HOLDING_DAY_MS ? now : since;
  const until =
    Math.min(now, begin + (HOLDING_TIMES - 1) * minutes * MINUTE_MS) + minutes * MINUTE_MS;
  return { since: begin, until: until > now ? until : undefined };
}

/** What a cart wants kept: of its first lines what is no more than the store keeps of one item. */
export function heldLines<Line extends Pick<CartLine, 'quantity'>>(
  lines: readonly Line[],
  { pieces }: StockHoldRules,
): readonly Line[] {
  return lines.filter(({ quantity }) => quantity <= pieces).slice(0, cartLimits.heldItems);
}
