/**
 * What lists depend on beside the tags of the catalog. No writer names those of products: the index voids
 * them in the step in which it hears that something of a product of the store has changed.
 */
export const searchTags = {
  /** The synonyms and redirects of a store; whoever edits them names it. */
  rules: (storeCode: string) => `search-rules:${storeCode}`,
  /** How the facets of a store are shown; whoever edits it names it. */
  facets: (storeCode: string) => `search-facets:${storeCode}`,
  /** What shoppers of a store, named by its id, search for; whoever adds to it names it when suggestions change. */
  queries: (storeId: string) => `search-queries:${storeId}`,
  /** What products of a store are found by. */
  texts: (storeCode: string) => `search-texts:${storeCode}`,
  /** What any variant of the store costs. */
  prices: (storeCode: string) => `search-prices:${storeCode}`,
  /** What of the store can be had. */
  availability: (storeCode: string) => `search-availability:${storeCode}`,
  /** How often what of the store is ordered, by levels. */
  popularity: (storeCode: string) => `search-popularity:${storeCode}`,
} as const;
