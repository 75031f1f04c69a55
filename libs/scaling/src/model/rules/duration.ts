const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const PART = /(\d+)(ms|s|m|h|d)/g;
const WHOLE = /^(?:\d+(?:ms|s|m|h|d))+$/;
const MAX_MS = 366 * UNITS_MS.d;

/** Reads `90s`, `10m`, `1h30m`, `2d` as milliseconds; undefined for anything else, and for what exceeds a year. */
export function parseDuration(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  let totalMs = 0;
  for (const [, count, unit] of text.matchAll(PART)) {
    totalMs += Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
  }
  return totalMs > 0 && totalMs <= MAX_MS ? totalMs : undefined;
}
