import {
  countedPayments,
  lessOf,
  standingMinor,
  type LessPart,
  type OrderPayments,
} from './order-payments.js';
import type { Payment } from './payment.js';

/** What an order came to, and comes to once it was edited, in minor units. */
export interface AmendedTotal {
  readonly beforeMinor: number;
  readonly afterMinor: number;
}

/** What another total of its order means for its payments. */
export type Amendment =
  | { readonly kind: 'none' }
  /** Only staff know of the one payment, or an account that is told: the new total is asked for. */
  | { readonly kind: 'ask-for'; readonly payment: Payment; readonly amountMinor: number }
  /** The difference is no longer owed where it was not taken, and is given back where it was. */
  | { readonly kind: 'less'; readonly parts: readonly LessPart[] }
  /** The difference is a further payment: what is there of the others stays as it is. */
  | { readonly kind: 'more'; readonly amountMinor: number }
  | { readonly kind: 'refused'; readonly because: AmendmentRefusal };

/** `nothing-left`: the order would come to nothing; `money-moved`: what is there of its money is not what it comes to. */
export type AmendmentRefusal = 'nothing-left' | 'money-moved' | 'under-way';

/**
 * What becomes of the payments of an order that comes to another total. Pure. It begins with what is there (taken and not given
 * back, or still owed) being what the order comes to, and ends so: no sum is given back for anything else, and what was promised, taken
 * or asked of a provider becomes no more: more is a payment of its own.
 */
export function amendmentOf(
  payments: OrderPayments,
  isConfirmedByStaff: boolean,
  { beforeMinor, afterMinor }: AmendedTotal,
): Amendment {
  const refused = (because: AmendmentRefusal): Amendment => ({ kind: 'refused', because });
  if (beforeMinor === afterMinor) return { kind: 'none' };
  if (afterMinor <= 0) return refused('nothing-left');
  if (standingMinor(payments) !== beforeMinor) return refused('money-moved');
  const counted = countedPayments(payments);
  if (counted.some(isUnderWay)) return refused('under-way');
  const [only] = counted;
  if (counted.length === 1 && only?.state === 'pending' && isConfirmedByStaff) {
    const amountMinor = only.amountMinor + afterMinor - beforeMinor;
    if (only.waivedMinor === 0) return { kind: 'ask-for', payment: only, amountMinor };
  }
  if (afterMinor > beforeMinor) return { kind: 'more', amountMinor: afterMinor - beforeMinor };
  return { kind: 'less', parts: lessOf(payments, beforeMinor - afterMinor) };
}

/** Nobody knows yet whether its money is there, or is let go of. */
function isUnderWay({ state }: Payment): boolean {
  return state === 'capturing' || state === 'voiding' || state === 'voided';
}
