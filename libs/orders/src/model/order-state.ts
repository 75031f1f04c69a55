import {
  countedPayments,
  dueMinor,
  isLetGo,
  refundableMinor,
  type OrderPayments,
  type Payment,
} from '#libs/payments';
import type { OrderAwaits } from './confirming/order-awaits.js';
import type { PaymentAct } from './order.js';

/** How far an order is: follows from what has gone which way of its lines. */
export const orderStates = ['open', 'partly-shipped', 'shipped', 'cancelled'] as const;
export type OrderState = (typeof orderStates)[number];

/**
 * Where its money is, in short. `authorised`: promised by the provider, not taken yet; `balance-due`: an edit added to what was paid or
 * promised, and nothing was promised of that; `refund-due`: money is on its way back, or staff owe it.
 */
export const orderPaymentStates = [
  'pending',
  'balance-due',
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
      return state !== 'cancelled' && isOwed(paymentState) ? state : undefined;
    case 'capture':
      return state === 'cancelled' || awaits === 'confirmation' ? undefined : state;
    case 'confirm-refund':
      // A balance that is due comes before a refund that is.
      return paymentState === 'refund-due' || paymentState === 'balance-due' ? state : undefined;
    case 'void':
    case 'refund':
      return state;
  }
}

/** What its payments are to an order. Pure. */
export function paymentStateOf(payments: OrderPayments): OrderPaymentState {
  const counted = countedPayments(payments);
  const [oldest] = counted;
  const [capturedMinor, refundedMinor] = [
    sumOf(payments, (payment) => payment.capturedMinor),
    sumOf(payments, (payment) => payment.refundedMinor),
  ];
  const isGivenBack = capturedMinor > 0 && refundedMinor === capturedMinor;
  const isRefundDue = sumOf(payments, (payment) => payment.refundPendingMinor) > 0;
  if (oldest === undefined || counted.some(isLetGo)) {
    if (isRefundDue) return 'refund-due';
    return isGivenBack ? 'refunded' : 'cancelled';
  }
  if (oldest.state === 'pending') return 'pending';
  if (counted.some(({ state }) => state === 'pending')) return 'balance-due';
  if (isRefundDue) return 'refund-due';
  if (counted.some(({ state }) => state !== 'captured')) return 'authorised';
  if (refundedMinor === 0) return 'paid';
  return isGivenBack ? 'refunded' : 'part-refunded';
}

/**
 * Whether payments stand for what is still to be shipped: the money of each is promised, or was taken, and some of it stays (that
 * some of it is on its way back changes nothing), or none is owed. Pure.
 */
export function covers(payments: OrderPayments): boolean {
  const owed = countedPayments(payments).filter((payment) => dueMinor(payment) > 0);
  if (owed.length === 0) return true;
  if (owed.some((payment) => payment.state === 'pending' || isLetGo(payment))) return false;
  return owed.some((payment) => payment.state !== 'captured' || refundableMinor(payment) > 0);
}

function sumOf(payments: OrderPayments, amountOf: (payment: Payment) => number): number {
  return payments.reduce((sum, payment) => sum + amountOf(payment), 0);
}

/** Something has to be paid that nothing was promised of. */
function isOwed(paymentState: OrderPaymentState): boolean {
  return paymentState === 'pending' || paymentState === 'balance-due';
}

/** Something of it may still go. */
function isUnderWay(state: OrderState): boolean {
  return state === 'open' || state === 'partly-shipped';
}

/** Nothing of its money is there or will come. */
function isOver(paymentState: OrderPaymentState): boolean {
  return paymentState === 'refunded' || paymentState === 'cancelled';
}
