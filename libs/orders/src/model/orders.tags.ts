/** The cache tags of orders: what a write names so that every replica forgets the right things. */
export const ordersTags = {
  /** Which orders a customer has, and how far each is. */
  history: (customerId: string) => `order-history:${customerId}`,
} as const;
