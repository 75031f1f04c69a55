/** What a unit of work touches when it has written a cart. */
export const cartTopic = (id: string): string => `cart:${id}`;
