/** What a unit of work touches when it has moved an order. */
export const orderTopic = (number: string): string => `order:${number}`;
