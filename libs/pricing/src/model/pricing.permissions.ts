/** What the back office may be allowed to do with price lists and many prices at once; single ones go with their products. */
export const pricingPermissions = {
  'pricing:list:read': 'See price lists',
  'pricing:list:create': 'Create price lists',
  'pricing:list:update': 'Change price lists',
  'pricing:list:delete': 'Delete price lists',
  'pricing:repricing:read': 'See bulk changes of prices',
  'pricing:repricing:create': 'Change many prices at once, and undo it',
} as const;
