import { ordersErrors } from '../../model/orders.errors.js';

/** What stands against an edit whatever the state of the order, for people. */
const reasons = {
  billed:
    'An invoice of the order is issued, and what stands on it never changes: place a further order, or settle it outside the shop',
  'nothing-changed': 'The order is already what the edit would make of it',
  'pieces-cancelled': 'Pieces of the order were shipped or cancelled, so it is edited no more',
  'paid-otherwise':
    'Of an order that is paid nothing becomes more, of no tax either, while it comes to no more in all: take off first, and add then',
  'promotions-used':
    'The order used promotions, which hold for it as it is: cancel pieces, or place a further order',
  'stock-no-longer-counted':
    'Of an item some pieces are counted in stock and others would not be: cancel it, or place a further order',
  'tax-display-changed':
    'The store shows prices with tax now and did not when the order was placed, or the other way round',
} as const;

/** `orders.action-refused`, with what stands against the edit: for programs in `because`, for people in the message. */
export function refusedEdit(because: keyof typeof reasons): Error {
  return ordersErrors.actionRefused({
    message: reasons[because],
    details: { action: 'edit', because },
  });
}
