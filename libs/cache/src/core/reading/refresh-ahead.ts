import type { Entry } from '../entries/entry.js';

/** Further ahead of the expiry, in load times, a read would refresh with a chance below e^-8. */
const WINDOW = 8;

/**
 * When a value begins to be considered for refreshing ahead of its expiry.
 * `eagerness` is the beta of the rule: 1 is optimal for loads that take a varying time, 0 is off.
 */
export function calmUntil(expiresAtMs: number, loadMs: number, eagerness: number): number {
  return expiresAtMs - Math.ceil(WINDOW * eagerness * loadMs);
}

/**
 * Whether this read refreshes the value. The chance grows from read to read as the remaining life
 * shrinks against the time a load takes, so one of the readers of a hot key is early enough and the
 * others never wait. Source: Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache
 * Stampede Prevention", VLDB 2015 (XFetch).
 */
export function isRefreshDue(entry: Entry<unknown>, nowMs: number, random: () => number): boolean {
  const scaleMs = (entry.expiresAtMs - entry.calmUntilMs) / WINDOW;
  return nowMs - scaleMs * Math.log(random()) >= entry.expiresAtMs;
}
