import { cacheErrors } from '../../cache.errors.js';
import { AnnouncedPositions } from './announced-positions.js';
import type { Coherence } from './coherence.js';
import { CopyLag } from './copy-lag.js';
import type { LogSource } from './log-source.js';
import { PositionLedger, type AppliedPositions } from './position-ledger.js';
import type { TurnClock } from '../time/turn-clock.js';
import type { Invalidation } from '../publishing/wire.js';

const PAGE_SIZE = 1_000;
/** A replica further behind than this drops everything instead of reading the log. */
const MAX_PAGES = 50;

/**
 * How much of the invalidation log is applied on this replica, and the way to catch up with it.
 *
 * What the database has confirmed moves the watermark: rows of the log, and commits of this process.
 * An announcement voids its tags at once and is remembered, so that its row, when it is read, is
 * confirmed without voiding again; it never stands for a row. A row whose tags or time of commit were
 * announced otherwise (by a restored copy, or before it was committed) voids like any other.
 *
 * When the log is a lagging copy, announcements apply nothing: what they announce is not in the data
 * yet, so it would be read as it was before, and then taken for done. They only say how far the copy
 * will come; the rows of the copy's own log decide.
 */
export class AppliedLog {
  private readonly ledger: PositionLedger;
  private readonly isCopy: boolean;
  private readonly createdAtMs: number;
  private readonly expected = new CopyLag();
  private readonly announcements = new AnnouncedPositions();
  private isReady = false;
  private lastSeen = 0;

  constructor(
    private readonly coherence: Coherence,
    private readonly source: LogSource,
    private readonly clock: TurnClock,
    private readonly holeGiveUpMs: number,
  ) {
    this.ledger = new PositionLedger(0, holeGiveUpMs);
    this.isCopy = source.isCopy ?? false;
    this.createdAtMs = clock.exactMs();
  }

  /** Everything up to here is applied. */
  get watermark(): number {
    return this.ledger.watermark;
  }

  /** All that is applied, holes or not. */
  get applied(): AppliedPositions {
    return this.ledger.applied;
  }

  /** Committed positions the last pass saw that are still not contiguous. */
  get lag(): number {
    return Math.max(0, this.lastSeen - this.ledger.watermark);
  }

  /** How far the copy is behind what is known to be committed; undefined when the log is none. */
  get copyLag(): { readonly positions: number; readonly ageMs: number } | undefined {
    if (!this.isCopy) return undefined;
    return { positions: this.expected.positions, ageMs: this.expected.ageMs(this.clock.exactMs()) };
  }

  /** There are rows, announced or applied, above one of which nothing is known. */
  get isIncomplete(): boolean {
    const { ledger, expected, announcements } = this;
    if (ledger.aboveCount > 0 || expected.knownTo > ledger.watermark) return true;
    return !announcements.isContiguousFrom(ledger.watermark, (position) => ledger.has(position));
  }

  has(position: number): boolean {
    return this.ledger.has(position);
  }

  /** The last pass saw the log end before this; of a copy that says nothing. */
  isBeyond(position: number): boolean {
    return !this.isCopy && position > this.lastSeen;
  }

  /** A unit of work of this process has committed it: applied whatever was said of its position. */
  committed(invalidation: Invalidation): void {
    if (this.isCopy) return this.expected.heardOf(invalidation.position, this.clock.exactMs());
    this.coherence.apply(invalidation.tags);
    this.confirm(invalidation.position);
  }

  /** Another replica says that it has committed this. */
  announced(invalidation: Invalidation): void {
    const nowMs = this.clock.exactMs();
    if (this.isCopy) return this.expected.heardOf(invalidation.position, nowMs);
    if (this.isReady && this.ledger.has(invalidation.position)) return;
    if (this.announcements.covers(invalidation)) return;
    this.coherence.apply(invalidation.tags);
    this.announcements.add(invalidation, nowMs);
  }

  /** It is known from elsewhere that the log of the primary goes up to here. */
  primaryIsAt(position: number): void {
    this.expected.heardOf(position, this.clock.exactMs());
  }

  /**
   * Applies what the log holds beyond the watermark. When it resolves, everything committed before
   * `sentAtMs` is applied. `isAbandoned` is asked after every answer: a pass that no caller waits for
   * any more must not change anything by what it read long ago.
   */
  async catchUp(sentAtMs: number, isAbandoned: () => boolean): Promise<void> {
    const stillWanted = <T>(answer: T): T => {
      if (isAbandoned()) throw cacheErrors.followTimeout();
      return answer;
    };
    if (!this.isReady) {
      const settled = stillWanted(await this.source.settledPosition());
      this.startFrom(settled);
      this.isReady = true;
      // What was loaded before the log could be read may be older than where reading it begins.
      const waitedMs = this.clock.exactMs() - this.createdAtMs;
      if (waitedMs > this.holeGiveUpMs) this.coherence.applyEverything();
    }
    const settledBefore = await this.settledOnCopy().then(stillWanted);
    let from = this.ledger.watermark;
    for (let page = 1; ; page += 1) {
      const excerpt = stillWanted(await this.source.readAfter(from, PAGE_SIZE));
      // Pruned past this replica, replaced by an older log, or too long to be worth reading.
      if (excerpt.prunedTo > from || excerpt.last < from || page > MAX_PAGES) {
        this.startFrom(stillWanted(await this.source.settledPosition()));
        this.coherence.applyEverything();
        from = this.ledger.watermark;
        page = 0;
        continue;
      }
      for (const record of excerpt.records) this.read(record);
      from = excerpt.records.at(-1)?.position ?? from;
      this.lastSeen = Math.max(from, excerpt.last);
      if (excerpt.records.length < PAGE_SIZE) break;
    }
    this.expected.hasShown(this.lastSeen);
    this.announcements.forgetHeardBefore(sentAtMs);
    // A copy may stand still for any time, so only its own rows can tell that a hole stays one.
    if (this.isCopy) this.ledger.settle(settledBefore);
    else this.ledger.followed(from, sentAtMs, this.clock.exactMs());
    this.coherence.followed(sentAtMs);
  }

  /** A row of the log. */
  private read(row: Invalidation): void {
    if (this.ledger.has(row.position)) return;
    if (!this.announcements.covers(row)) this.coherence.apply(row.tags);
    this.confirm(row.position);
  }

  private confirm(position: number): void {
    this.announcements.delete(position);
    if (this.isReady) this.ledger.add(position);
  }

  private startFrom(settled: number): void {
    this.ledger.reset(settled);
    this.expected.reset();
    this.announcements.clear();
  }

  private async settledOnCopy(): Promise<number> {
    if (!this.isCopy || this.ledger.aboveCount === 0) return 0;
    return this.source.settledPosition();
  }
}
