/** The cache tags of stores. */
export const storesTags = {
  /** The store itself: name, currencies, languages. */
  store: (storeCode: string) => `store:${storeCode}`,
  /** One of the documents that say how it sells. */
  settings: (storeCode: string, kind: string) => `store-settings:${storeCode}/${kind}`,
} as const;
