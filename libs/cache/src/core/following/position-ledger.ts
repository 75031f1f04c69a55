/** Positions of the log that a replica had accounted for at a moment. */
export interface AppliedPositions {
  /** All up to here ... */
  readonly upTo: number;
  /** ... and these, above a hole. */
  readonly above: ReadonlySet<number>;
}

interface Sighting {
  /** The log showed positions up to here ... */
  readonly highest: number;
  /** ... in an answer that was complete at this time. */
  readonly completedAtMs: number;
}

/**
 * Which positions of the invalidation log this replica has accounted for: all up to the contiguous
 * watermark, and some above it.
 *
 * A missing position below one that is present (a hole) belongs to a transaction that is about to
 * commit or has rolled back, so the watermark waits for it. It is given up only when the log showed
 * a higher position longer ago than a transaction may last, in an answer sent after that time: the
 * position had been taken then, and the transaction that took it has ended.
 */
export class PositionLedger {
  private readonly above = new Set<number>();
  private sightings: Sighting[] = [];

  constructor(
    private mark: number,
    private readonly holeGiveUpMs: number,
  ) {}

  get watermark(): number {
    return this.mark;
  }

  get applied(): AppliedPositions {
    return { upTo: this.mark, above: new Set(this.above) };
  }

  /** Positions applied above the watermark; more than 0 means there is a hole. */
  get aboveCount(): number {
    return this.above.size;
  }

  has(position: number): boolean {
    return position <= this.mark || this.above.has(position);
  }

  add(position: number): void {
    if (position <= this.mark) return;
    if (position === this.mark + 1) this.mark = position;
    else this.above.add(position);
    this.advance();
  }

  /**
   * Notes a complete answer of the log: everything it holds above the watermark was applied.
   * Gives up the holes that can no longer fill.
   */
  followed(highest: number, sentAtMs: number, completedAtMs: number): void {
    let settled = 0;
    this.sightings = this.sightings.filter((sighting) => {
      if (sentAtMs - sighting.completedAtMs < this.holeGiveUpMs) return true;
      settled = Math.max(settled, sighting.highest);
      return false;
    });
    this.settle(settled);
    if (highest > this.mark) this.sightings.push({ highest, completedAtMs });
  }

  /** Nothing up to here can still be committed, and what was is applied. */
  settle(position: number): void {
    if (position <= this.mark) return;
    this.mark = position;
    for (const other of this.above) if (other <= position) this.above.delete(other);
    this.advance();
  }

  reset(position: number): void {
    this.mark = position;
    this.above.clear();
    this.sightings = [];
  }

  private advance(): void {
    if (this.above.size === 0) return;
    while (this.above.delete(this.mark + 1)) this.mark += 1;
  }
}
