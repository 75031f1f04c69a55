/**
 * What an order waits for before all of it can go. `confirmation`: it was accepted, and its stock is taken by a job;
 * `stock`: there was too little of some lines, and they are delayed.
 */
export const orderAwaits = ['confirmation', 'stock'] as const;
export type OrderAwaits = (typeof orderAwaits)[number];
