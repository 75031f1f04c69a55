/** The knobs of the cache under test. Shorter than in production, in the same proportions. */
export interface Settings {
  readonly followIntervalMs: number;
  readonly followTimeoutMs: number;
  readonly leaseMs: number;
  readonly maxStaleMs: number;
  readonly maxTransactionMs: number;
  readonly holeGiveUpMs: number;
  readonly settleMs: number;
  readonly positionWaitMs: number;
  readonly loadTimeoutMs: number;
  /** Longer than that, and an expired value is served meanwhile. */
  readonly softTimeoutMs: number;
  readonly ttlMs: number;
  /** What would expire within that time is loaded anew when somebody orders it. */
  readonly refreshWindowMs: number;
  readonly maxEntries: number;
  /** How far the wall clocks of two writers may differ. */
  readonly clockSkewMs: number;
}

const maxTransactionMs = 2_000;
const clockSkewMs = 500;

export const defaultSettings: Settings = {
  followIntervalMs: 1_000,
  followTimeoutMs: 1_000,
  leaseMs: 2_000,
  maxStaleMs: 8_000,
  maxTransactionMs,
  holeGiveUpMs: 2 * maxTransactionMs,
  settleMs: 2 * maxTransactionMs + 2 * clockSkewMs,
  positionWaitMs: 2_000,
  loadTimeoutMs: 3_000,
  softTimeoutMs: 400,
  ttlMs: 4_000,
  refreshWindowMs: 2_500,
  maxEntries: 100,
  clockSkewMs,
};

export const ROWS = ['p0', 'p1', 'p2'] as const;
export type RowName = (typeof ROWS)[number];

export function tagOf(row: RowName): string {
  return `row:${row}`;
}

export function rowOfTag(tag: string): RowName | undefined {
  return ROWS.find((row) => tagOf(row) === tag);
}
