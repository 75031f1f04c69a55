import { dueMinor, refundableMinor, type Payment } from './payment.js';

/** What an order came to, and comes to once it was edited, in minor units. */
export interface AmendedTotal {
  readonly beforeMinor: number;
  readonly afterMinor: number;
}

/** What another total of its order means for a payment. */
export type Amendment =
  | { readonly kind: 'none' }
  /** Only staff know of it, or an account that is told: the new total is asked for. */
  | { readonly kind: 'ask-for'; readonly amountMinor: number }
  /** A provider may have been asked for the old total: the difference is no longer owed. */
  | { readonly kind: 'waive'; readonly amountMinor: number }
  /** It was taken: the difference is given back. */
  | { readonly kind: 'give-back'; readonly amountMinor: number }
  | { readonly kind: 'refused'; readonly because: AmendmentRefusal };

/** `nothing-left`: the order would come to nothing; `money-moved`: what is there of its money is not what it comes to. */
export type AmendmentRefusal = 'nothing-left' | 'money-moved' | 'total-rises' | 'under-way';

/**
 * What becomes of a payment whose order comes to another total. Pure. It begins with what is there (taken and not given back, or
 * still owed) being what the order comes to, and ends so: what was promised, taken or asked of a provider is never less than what
 * is owed, and no sum is given back for anything else.
 */
export function amendmentOf(
  payment: Payment,
  isConfirmedByStaff: boolean,
  { beforeMinor, afterMinor }: AmendedTotal,
): Amendment {
  const refused = (because: AmendmentRefusal): Amendment => ({ kind: 'refused', because });
  if (beforeMinor === afterMinor) return { kind: 'none' };
  if (afterMinor <= 0) return refused('nothing-left');
  if (standingMinor(payment) !== beforeMinor) return refused('money-moved');
  const lessMinor = beforeMinor - afterMinor;
  switch (payment.state) {
    case 'pending':
      if (isConfirmedByStaff)
        return { kind: 'ask-for', amountMinor: payment.amountMinor - lessMinor };
      return lessMinor > 0 ? { kind: 'waive', amountMinor: lessMinor } : refused('total-rises');
    case 'authorised':
      return lessMinor > 0 ? { kind: 'waive', amountMinor: lessMinor } : refused('total-rises');
    case 'captured':
      return lessMinor > 0 ? { kind: 'give-back', amountMinor: lessMinor } : refused('total-rises');
    case 'capturing':
    case 'voiding':
    case 'voided':
      return refused('under-way');
  }
}

/** What was taken and stays, or is owed. */
function standingMinor(payment: Payment): number {
  return payment.state === 'captured' ? refundableMinor(payment) : dueMinor(payment);
}
