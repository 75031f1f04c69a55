export const cachePermissions = {
  'cache:region:read': 'See what the caches of a replica hold',
  'cache:tag:invalidate': 'Void cached data by tag',
} as const;
