import { stateAfter, type OrderState } from '../model/order-state.js';
import { ordersErrors } from '../model/orders.errors.js';
import type { Order } from '../model/order.js';

/** The state after an action. Throws `orders.action-refused`. `isCovered` as in {@link stateAfter}. */
export function allowedState(
  order: Order,
  action: Parameters<typeof stateAfter>[1],
  isCovered = false,
): OrderState {
  const after = stateAfter(order, action, isCovered);
  if (after !== undefined) return after;
  const { state, paymentState, awaits } = order;
  throw ordersErrors.actionRefused({ details: { action, state, paymentState, awaits } });
}
