/** What the back office may be allowed to do with promotions. */
export const promotionsPermissions = {
  'promotions:promotion:read': 'See promotions and their coupons',
  'promotions:promotion:create': 'Create promotions',
  'promotions:promotion:update': 'Change and pause promotions, make and remove coupons',
  'promotions:promotion:delete': 'Delete promotions that no order has used',
} as const;
