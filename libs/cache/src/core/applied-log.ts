import { cacheErrors } from '../cache.errors.js';
import type { Coherence } from './coherence.js';
import { CopyLag } from './copy-lag.js';
import type { LogSource } from './log-source.js';
import { PositionLedger } from './position-ledger.js';
import type { TurnClock } from './turn-clock.js';
import type { Invalidation } from './wire.js';

const PAGE_SIZE = 1_000;
/** A replica further behind than this drops everything instead of reading the log. */
const MAX_PAGES = 50;

/**
 * How much of the invalidation log is applied on this replica, and the way to catch up with it.
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

  /** Committed positions the last pass saw that are still not contiguous. */
  get lag(): number {
    return Math.max(0, this.lastSeen - this.ledger.watermark);
  }

  /** How far the copy is behind what is known to be committed; undefined when the log is none. */
  get copyLag(): { readonly positions: number; readonly ageMs: number } | undefined {
    if (!this.isCopy) return undefined;
    return { positions: this.expected.positions, ageMs: this.expected.ageMs(this.clock.exactMs()) };
  }

  /** There are rows, announced or applied, above one that is missing. */
  get isIncomplete(): boolean {
    return this.ledger.aboveCount > 0 || this.expected.knownTo > this.ledger.watermark;
  }

  has(position: number): boolean {
    return this.ledger.has(position);
  }

  /** It is known from elsewhere that this was committed. */
  announced(invalidation: Invalidation): void {
    if (this.isCopy) this.expected.heardOf(invalidation.position, this.clock.exactMs());
    else this.accept(invalidation);
  }

  /** It is known from elsewhere that the log of the primary goes up to here. */
  primaryIsAt(position: number): void {
    this.expected.heardOf(position, this.clock.exactMs());
  }

  /**
   * Applies what the log holds beyond the watermark. When it resolves, everything committed before
   * `sentAtMs` is applied. `isAbandoned` is asked after every answer: a pass that nobody waits for
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
      for (const record of excerpt.records) this.accept(record);
      from = excerpt.records.at(-1)?.position ?? from;
      this.lastSeen = Math.max(from, excerpt.last);
      if (excerpt.records.length < PAGE_SIZE) break;
    }
    this.expected.hasShown(this.lastSeen);
    // A copy may stand still for any time, so only its own rows can tell that a hole stays one.
    if (this.isCopy) this.ledger.settle(settledBefore);
    else this.ledger.followed(from, sentAtMs, this.clock.exactMs());
    this.coherence.followed(sentAtMs);
  }

  private accept({ position, tags }: Invalidation): void {
    if (this.isReady && this.ledger.has(position)) return;
    this.coherence.apply(tags);
    if (this.isReady) this.ledger.add(position);
  }

  private startFrom(settled: number): void {
    this.ledger.reset(settled);
    this.expected.reset();
  }

  private async settledOnCopy(): Promise<number> {
    if (!this.isCopy || this.ledger.aboveCount === 0) return 0;
    return this.source.settledPosition();
  }
}
