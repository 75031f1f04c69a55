import { dueMinor, refundableMinor, type Payment } from '#libs/payments';
import type { OrderAwaits } from './confirming/order-awaits.js';
import type { PaymentAct } from './order.js';

/** How far an order is: follows from what has gone which way of its lines. */
export const orderStates = ['open', 'partly-shipped', 'shipped', 'cancelled'] as const;
export type OrderState = (typeof orderStates)[number];

/**
 * Where its money is, in short. `authorised`: promised by the provider, not taken yet; `refund-due`: money is
 * on its way back, or staff owe it.
 */
export const orderPaymentStates = [
  'pending',
  'authorised',
  'paid',
  'part-refunded',
  'refund-due',
  'refunded',
  'cancelled',
] as const;
export type OrderPaymentState = (typeof orderPaymentStates)[number];

/** What staff do to an order. */
export const orderActions = ['confirm-payment', 'ship', 'cancel', 'confirm-refund'] as const;
export type OrderAction = (typeof orderActions)[number];

export interface OrderStates {
  readonly state: OrderState;
  readonly paymentState: OrderPaymentState;
}

/**
 * The state after an action; undefined when the order is in no state for it. `isCovered`: it is safe to ship, for
 * its money is there or promised ({@link covers}), or it is on account. Nothing is shipped, and no promised money
 * is taken, of an order that awaits its confirmation; it may be cancelled, and money that came is noted. Pure.
 */
export function stateAfter(
  { state, paymentState, awaits }: OrderStates & { readonly awaits?: OrderAwaits | null },
  action: OrderAction | PaymentAct | 'cancel-items' | 'edit' | 'bill-elsewhere',
  isCovered = false,
): OrderState | undefined {
  switch (action) {
    case 'ship':
      if (awaits === 'confirmation') return undefined;
      return isUnderWay(state) && isCovered ? 'shipped' : undefined;
    case 'cancel-items':
      return isUnderWay(state) ? state : undefined;
    case 'edit':
      // Nothing of it is shipped or let go of, and its stock is where its lines say.
      return state === 'open' && !isOver(paymentState) && (awaits ?? null) === null
        ? state
        : undefined;
    case 'bill-elsewhere':
      return state === 'cancelled' ? undefined : state;
    case 'cancel':
      return state === 'open' ? 'cancelled' : undefined;
    case 'confirm-payment':
      return state !== 'cancelled' && paymentState === 'pending' ? state : undefined;
    case 'capture':
      return state === 'cancelled' || awaits === 'confirmation' ? undefined : state;
    case 'confirm-refund':
      return paymentState === 'refund-due' ? state : undefined;
    case 'void':
    case 'refund':
      return state;
  }
}

/** What a payment is to its order. Pure. */
export function paymentStateOf(payment: Payment): OrderPaymentState {
  const { state, capturedMinor, refundedMinor, refundPendingMinor } = payment;
  switch (state) {
    case 'pending':
      return 'pending';
    case 'authorised':
    case 'capturing':
      return 'authorised';
    case 'voiding':
    case 'voided':
      return 'cancelled';
    case 'captured':
      if (refundPendingMinor > 0) return 'refund-due';
      if (refundedMinor === 0) return 'paid';
      return refundedMinor === capturedMinor ? 'refunded' : 'part-refunded';
  }
}

/**
 * Whether a payment stands for what is still to be shipped: money is promised, or was taken and stays (that
 * some of it is on its way back changes nothing), or none is owed. Pure.
 */
export function covers(payment: Payment): boolean {
  const { state } = payment;
  if (dueMinor(payment) === 0) return true;
  if (state === 'captured') return refundableMinor(payment) > 0;
  return state === 'authorised' || state === 'capturing';
}

/** Something of it may still go. */
function isUnderWay(state: OrderState): boolean {
  return state === 'open' || state === 'partly-shipped';
}

/** Nothing of its money is there or will come. */
function isOver(paymentState: OrderPaymentState): boolean {
  return paymentState === 'refunded' || paymentState === 'cancelled';
}
