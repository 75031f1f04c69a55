import type { OrderStates } from '#libs/orders';

/**
 * Whether an order is far enough to be billed, or to get something back: money was taken, or goods have gone.
 * Pure. A merchant bills what is paid when it is paid, and what is on account, or only promised, when it ships.
 */
export function isBillable({ state, paymentState }: OrderStates): boolean {
  if (isSent(state)) return true;
  return (
    paymentState !== 'pending' && paymentState !== 'authorised' && paymentState !== 'cancelled'
  );
}

/** Goods have gone. Pure. */
export function isSent(state: OrderStates['state']): boolean {
  return state === 'shipped' || state === 'partly-shipped';
}
