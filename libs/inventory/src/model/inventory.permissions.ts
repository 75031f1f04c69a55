/** What the back office may be allowed to do with stock; setting it goes with its product. */
export const inventoryPermissions = {
  'inventory:location:read': 'See locations, and what is on hand at each',
  'inventory:location:create': 'Add locations',
  'inventory:location:update': 'Rename locations, and say which are sold from',
  'inventory:stock:move': 'Receive, count and transfer stock',
} as const;
