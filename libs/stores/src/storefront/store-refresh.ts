/** Read for almost every answer: refreshed on order, so that no shopper waits for it. */
export const refreshedStoreRegions = ['catalog.store'] as const;

/** Three orders, which are given once a minute: two of them may be late. */
export const REFRESH_WINDOW_MS = 3 * 60_000;
