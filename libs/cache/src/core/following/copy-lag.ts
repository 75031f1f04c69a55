/** Positions heard of within this time count as one: what is said is too long by at most that. */
const GRAIN_MS = 1_000;
/** Replication may stand still for days; what is heard of after so many grains counts with the last. */
const MAX_AWAITED = 600;

interface Awaited {
  position: number;
  readonly sinceMs: number;
}

/**
 * How far a copy of the log is behind what is known to be committed, in positions and in time. Only
 * what was announced is known: without announcements a copy that stands still looks complete.
 */
export class CopyLag {
  private awaited: Awaited[] = [];
  private known = 0;
  private arrived = 0;

  /** Highest position known to be committed; 0 when nothing is known. */
  get knownTo(): number {
    return this.known;
  }

  /** Positions that the copy does not have yet. */
  get positions(): number {
    return Math.max(0, this.known - this.arrived);
  }

  /** How long the first of them has been known; never too little. */
  ageMs(nowMs: number): number {
    const [first] = this.awaited;
    return first === undefined ? 0 : nowMs - first.sinceMs;
  }

  /** An announcement or a client says that the log goes up to here. */
  heardOf(position: number, nowMs: number): void {
    if (position <= this.known) return;
    this.known = position;
    if (position <= this.arrived) return;
    const last = this.awaited.at(-1);
    const isFull = this.awaited.length === MAX_AWAITED;
    if (last !== undefined && (isFull || nowMs - last.sinceMs < GRAIN_MS)) last.position = position;
    else this.awaited.push({ position, sinceMs: nowMs });
  }

  /** The copy has shown this position. */
  hasShown(position: number): void {
    this.arrived = position;
    this.awaited = this.awaited.filter((awaited) => awaited.position > position);
  }

  /** The log is another one: what was said of it counts no more. */
  reset(): void {
    this.awaited = [];
    this.known = 0;
  }
}
