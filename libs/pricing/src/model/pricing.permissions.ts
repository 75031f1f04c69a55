/** What the back office may be allowed to do with many prices at once; single ones go with their products. */
export const pricingPermissions = {
  'pricing:repricing:read': 'See bulk changes of prices',
  'pricing:repricing:create': 'Change many prices at once, and undo it',
} as const;
