/** How far an order is. */
export const orderStates = ['open', 'shipped', 'cancelled'] as const;
export type OrderState = (typeof orderStates)[number];

/** Where its money is. `refund-due`: it was paid and will not be delivered. */
export type PaymentState = 'pending' | 'paid' | 'refund-due' | 'refunded' | 'cancelled';

/** What staff do to an order. */
export const orderActions = ['confirm-payment', 'ship', 'cancel', 'confirm-refund'] as const;
export type OrderAction = (typeof orderActions)[number];

export interface OrderStates {
  readonly state: OrderState;
  readonly paymentState: PaymentState;
}

/** The states after an action; undefined when the order is in no state for it. Pure. */
export function statesAfter(
  { state, paymentState }: OrderStates,
  action: OrderAction,
  isOnAccount: boolean,
): OrderStates | undefined {
  switch (action) {
    case 'confirm-payment':
      return state !== 'cancelled' && paymentState === 'pending'
        ? { state, paymentState: 'paid' }
        : undefined;
    case 'ship':
      return state === 'open' && (paymentState === 'paid' || isOnAccount)
        ? { state: 'shipped', paymentState }
        : undefined;
    case 'cancel':
      return state === 'open'
        ? {
            state: 'cancelled',
            paymentState: paymentState === 'paid' ? 'refund-due' : 'cancelled',
          }
        : undefined;
    case 'confirm-refund':
      return paymentState === 'refund-due' ? { state, paymentState: 'refunded' } : undefined;
  }
}
