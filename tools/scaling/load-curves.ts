const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Requests per second at a time since the beginning, as a share of the peak. */
export interface LoadCurve {
  readonly lastsMs: number;
  readonly shareAt: (sinceMs: number) => number;
  /** Until a replica that was started answers, where the curve is about that. */
  readonly startsInMs?: number;
}

// A quiet hour, the peak within two minutes, for an hour, and ten minutes until it is quiet again.
const flashSale: LoadCurve = {
  lastsMs: 4 * HOUR_MS,
  shareAt: (sinceMs) => {
    const minute = sinceMs / MINUTE_MS;
    const rise = (minute - 60) / 2;
    const fall = (132 - minute) / 10;
    return 0.15 + 0.85 * Math.max(0, Math.min(1, rise, fall));
  },
};

export type LoadCurveName = 'daily' | 'flash-sale' | 'slow-start' | 'noisy';

/** The days that rules are tried on. */
export const loadCurves: Readonly<Record<LoadCurveName, LoadCurve>> = {
  // From a fifth at four in the morning to the peak at eight in the evening.
  daily: {
    lastsMs: 24 * HOUR_MS,
    shareAt: (sinceMs) => 0.6 - 0.4 * Math.cos(((sinceMs / HOUR_MS - 6) / 24) * 2 * Math.PI + 0.5),
  },
  'flash-sale': flashSale,
  // The same while a replica takes five minutes until it answers.
  'slow-start': { ...flashSale, startsInMs: 5 * MINUTE_MS },
  // Up and down every six minutes: what makes rules without patience flap.
  noisy: {
    lastsMs: 6 * HOUR_MS,
    shareAt: (sinceMs) => (Math.floor(sinceMs / (6 * MINUTE_MS)) % 2 === 0 ? 0.35 : 0.7),
  },
};
