/** The cache tags of stores. */
export const storesTags = {
  /** The store itself: name, currencies, languages. */
  store: (storeCode: string) => `store:${storeCode}`,
} as const;
