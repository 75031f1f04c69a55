/** The promises of the cache (C) and of the shop (S), as the checker names them. */
export type Rule =
  | 'C2 bounded staleness'
  | 'C2 degraded serving'
  | 'C3 no stale fill'
  | 'C4 one load'
  | 'C5 read your writes'
  | 'C6 silence is noticed'
  | 'C7 no garbage'
  | 'C8 only changes travel'
  | 'C10 whole changes'
  | 'S3 an order is what the database says'
  | 'S4 one order for a cart'
  | 'convergence'
  | 'verification'
  | 'availability';

export interface Violation {
  readonly rule: Rule;
  readonly detail: string;
}
