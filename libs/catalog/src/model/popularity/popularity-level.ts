/** The highest level of popularity; 0 is that of a product that nobody orders. */
export const MAX_POPULARITY = 15;

/**
 * How popular a product is (0 to 15) that is in so many of the latest orders and was of a level before. A level takes
 * twice the orders of the one below it: 1, 2, 4, ... It is left downwards only when a quarter of what it takes is
 * missing, so a product whose orders come and go around a bound stays where it is. Pure.
 */
export function popularityLevel(orders: number, before: number): number {
  const reached = orders < 1 ? 0 : Math.min(MAX_POPULARITY, 1 + Math.floor(Math.log2(orders)));
  if (reached >= before) return reached;
  return 4 * orders >= 3 * ordersFor(before) ? before : reached;
}

function ordersFor(level: number): number {
  return 2 ** (level - 1);
}
