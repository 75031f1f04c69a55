/** What the back office may be allowed to do with searches. */
export const searchPermissions = {
  'search:ranking:read': 'See why products are where they are in a search',
} as const;
