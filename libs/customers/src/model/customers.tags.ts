/** The cache tags of customers: what a write names so that every replica forgets the right things. */
export const customersTags = {
  session: (id: string) => `shopper-session:${id}`,
  customer: (id: string) => `customer:${id}`,
  group: (id: string) => `customer-group:${id}`,
  /**
   * Carried by what is cached for a token, "there is no such token" included, so that a new session
   * works at once. The log holds a part of the hash only.
   */
  credential: (sha256: string) => `shopper-credential:${sha256.slice(0, 24)}`,
} as const;
