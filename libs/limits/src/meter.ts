/** Over which a quota is spread. */
export const WINDOW_MS = 60_000;

/** Debts are no larger than this many quotas, so nothing shuts a client out for longer than a window. */
const MAX_QUOTAS = 2;

/**
 * How much one client has asked for: a vessel that each request fills by one and that leaks a quota per
 * window. Full means refused, so a client may ask for a whole quota at once and then as fast as it leaks; in
 * no stretch of time for more than both.
 */
export class Meter {
  private level = 0;
  /** Taken here and not told to the fleet yet. */
  private untold = 0;

  constructor(
    readonly quota: number,
    private atMs: number,
  ) {}

  get hasRoom(): boolean {
    return this.level + 1 <= this.quota;
  }

  get remaining(): number {
    return Math.max(0, Math.floor(this.quota - this.level));
  }

  /** Until one more request has room; 0 when it has. */
  get roomAfterMs(): number {
    return Math.max(0, this.level + 1 - this.quota) * this.msPerRequest;
  }

  /** Until the whole quota is there again. */
  get emptyAfterMs(): number {
    return this.level * this.msPerRequest;
  }

  /** Must be called before the level is looked at. */
  leak(nowMs: number): void {
    this.level = Math.max(0, this.level - (nowMs - this.atMs) / this.msPerRequest);
    this.atMs = nowMs;
  }

  take(): void {
    this.level += 1;
    this.untold += 1;
  }

  /** What the fleet must hear of now; it counts as told whether or not it arrives. */
  tell(): number {
    const { untold } = this;
    this.untold = 0;
    return untold;
  }

  /**
   * Learns how full the vessel of the whole fleet is. It only ever raises the level: what this replica has seen is true
   * whatever the others have forgotten. What is no level, or too high for one, does no lasting harm.
   */
  learn(fleetLevel: number, nowMs: number): void {
    this.leak(nowMs);
    if (!Number.isFinite(fleetLevel)) return;
    const known = Math.min(fleetLevel, MAX_QUOTAS * this.quota) + this.untold;
    this.level = Math.max(this.level, known);
  }

  private get msPerRequest(): number {
    return WINDOW_MS / this.quota;
  }
}
