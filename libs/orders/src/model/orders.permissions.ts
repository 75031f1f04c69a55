/** What the back office may be allowed to do with orders. */
export const ordersPermissions = {
  'orders:order:read': 'See orders',
  'orders:order:create': 'Place orders for customers and guests',
  'orders:order:update': 'Confirm payments, ship and cancel orders',
} as const;
