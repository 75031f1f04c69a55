/** What the back office may be allowed to do with the catalog. */
export const catalogPermissions = {
  'catalog:category:read': 'See categories',
  'catalog:category:create': 'Add categories',
  'catalog:category:update': 'Change and move categories',
  'catalog:category:delete': 'Remove categories',
  'catalog:product:read': 'See products of every status',
  'catalog:product:create': 'Add products',
  'catalog:product:update': 'Change products, variants, prices and stock',
  'catalog:product:delete': 'Remove products',
  'catalog:import:read': 'See imports and their reports',
  'catalog:import:create': 'Import products from a file',
} as const;
