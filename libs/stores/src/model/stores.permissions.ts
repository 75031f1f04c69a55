/** What the back office may be allowed to do with stores, by the names roles have held since stores were part of the catalog. */
export const storesPermissions = {
  'catalog:store:read': 'See stores',
  'catalog:store:create': 'Add stores',
  'catalog:store:update': 'Change stores',
  'catalog:store:delete': 'Remove stores',
} as const;
