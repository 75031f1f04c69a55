/** Time as the product sees it; tests inject a manual one. */
export interface Clock {
  /** Milliseconds since an arbitrary start; never goes back. For intervals and leases. */
  monotonicMs(): number;
  /** Milliseconds since the Unix epoch. For what people and databases read; never for intervals. */
  wallMs(): number;
}

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
};
