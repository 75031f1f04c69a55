/** What the back office may be allowed to do with searches. */
export const searchPermissions = {
  'search:ranking:read': 'See why products are where they are in a search',
  'search:rule:read': 'See synonyms and redirects of searches',
  'search:rule:update': 'Make, change and remove synonyms and redirects of searches',
  'search:facet:read': 'See in which order facets are shown',
  'search:facet:update': 'Change in which order facets are shown',
  'search:query:read': 'See what shoppers search for',
  'search:miss:read': 'See which searches had no result',
} as const;
