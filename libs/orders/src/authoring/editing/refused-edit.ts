import { ordersErrors } from '../../model/orders.errors.js';

/** `orders.action-refused`, with what stands against the edit. */
export function refusedEdit(because: string): Error {
  return ordersErrors.actionRefused({ details: { action: 'edit', because } });
}
