/** The cache tags of identity: what a write names so that every replica forgets the right things. */
export const identityTags = {
  session: (id: string) => `session:${id}`,
  user: (id: string) => `staff-user:${id}`,
  role: (id: string) => `role:${id}`,
  apiKey: (id: string) => `api-key:${id}`,
  /**
   * Carried by what is cached for a token, "there is no such token" included, so that a new
   * credential works at once. The log holds a part of the hash only.
   */
  credential: (sha256: string) => `credential:${sha256.slice(0, 24)}`,
} as const;
