import { defineErrors } from '#libs/kernel';

export const ordersErrors = defineErrors({
  orderNotFound: {
    code: 'orders.order-not-found',
    family: 'user',
    status: 404,
    title: 'Order not found',
  },
  cartIncomplete: {
    code: 'orders.cart-incomplete',
    family: 'user',
    status: 422,
    title: 'The cart lacks something that an order needs',
  },
  itemsUnavailable: {
    code: 'orders.items-unavailable',
    family: 'user',
    status: 409,
    title: 'Not everything in the cart can be had',
  },
  totalChanged: {
    code: 'orders.total-changed',
    family: 'user',
    status: 409,
    title: 'The cart comes to another total than the one that was confirmed',
  },
  keepsChanging: {
    code: 'orders.keeps-changing',
    family: 'operational',
    status: 409,
    title: 'What the order is made of changes faster than it can be placed',
  },
  actionRefused: {
    code: 'orders.action-refused',
    family: 'user',
    status: 409,
    title: 'The order is in no state for this',
  },
  quantityExceeded: {
    code: 'orders.quantity-exceeded',
    family: 'user',
    status: 409,
    title: 'There are not so many pieces left for this',
  },
  draftNotFound: {
    code: 'orders.draft-not-found',
    family: 'user',
    status: 404,
    title: 'Draft not found; it may have been ordered',
  },
  returnNotFound: {
    code: 'orders.return-not-found',
    family: 'user',
    status: 404,
    title: 'Return not found',
  },
  historyNotRenewed: {
    code: 'orders.history-not-renewed',
    family: 'operational',
    status: 503,
    title: 'The copy of a customer’s order history cannot be reached at the moment',
  },
  noLinkKey: {
    code: 'orders.no-link-key',
    family: 'defect',
    status: 500,
    title: 'There is no key that links to orders are signed with',
  },
});
