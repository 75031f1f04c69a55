import { EVERYTHING, PositionLedger, refreshTag, regionTag, type LogExcerpt } from '#libs/cache';

export interface PurgeQueueOptions {
  readonly holeGiveUpMs: number;
  readonly repeatAfterMs: number;
  readonly maxTags: number;
}

interface PendingRow {
  readonly position: number;
  readonly tags: readonly string[];
  /** undefined: it stands for rows that are gone. */
  readonly committedAt: number | undefined;
  readonly seenAtMs: number;
  isPurged: boolean;
}

/** What is purged together. */
export interface PurgeBatch {
  /** undefined: everything. */
  readonly tags: readonly string[] | undefined;
  readonly startedAtMs: number;
  readonly rows: readonly PendingRow[];
}

/** Where a cache stands of which it is not known what it holds. */
export const UNKNOWN_POSITION = -1;

/** Rows of many tags wait for a purge of everything, so that what waits stays small. */
const MAX_PENDING_TAGS = 20_000;
/** Purges of everything begin no sooner after one another, or an import would leave nothing cached. */
const EVERYTHING_PAUSE_MS = 1_000;
const REGION = regionTag('');
const REFRESH = refreshTag('');

/**
 * Which rows of the invalidation log a shared cache has yet to be purged of. A row leaves when a purge of it
 * has succeeded that began at least `repeatAfterMs` after the row was seen: one that is sent at once may be
 * overtaken by an answer from a replica that has not heard of the change. Pure; times are monotonic.
 */
export class PurgeQueue {
  private readonly seen: PositionLedger;
  private pending: PendingRow[] = [];
  private pendingTags = 0;
  private everythingAtMs = -Infinity;

  constructor(
    position: number,
    private readonly options: PurgeQueueOptions,
  ) {
    this.seen = new PositionLedger(position, options.holeGiveUpMs);
  }

  /** Rows up to here have been read. */
  get readFrom(): number {
    return this.seen.watermark;
  }

  /** Who begins here misses nothing; {@link UNKNOWN_POSITION} while everything has to be purged. */
  get position(): number {
    return this.pending.reduce(
      (lowest, { position }) => Math.min(lowest, position - 1),
      this.seen.watermark,
    );
  }

  /** Every row that was read has been purged at least once. */
  get isCaughtUp(): boolean {
    return this.pending.every(({ isPurged }) => isPurged);
  }

  /** It is not known what was missed, up to a position below which nothing can still be committed. */
  everything(settledPosition: number, nowMs: number): void {
    this.seen.reset(settledPosition);
    this.pending = [];
    this.pendingTags = 0;
    this.add(UNKNOWN_POSITION + 1, [EVERYTHING], undefined, nowMs);
  }

  /** Takes what the log answered to a question about `readFrom` that was sent at `sentAtMs`. */
  read({ records }: Pick<LogExcerpt, 'records'>, sentAtMs: number, nowMs: number): void {
    for (const { position, tags, committedAt } of records) {
      if (this.seen.has(position)) continue;
      this.seen.add(position);
      this.add(position, tags, committedAt, nowMs);
    }
    this.seen.followed(records.at(-1)?.position ?? this.seen.watermark, sentAtMs, nowMs);
  }

  /** What to purge now; undefined when there is nothing. */
  next(nowMs: number): PurgeBatch | undefined {
    const { maxTags, repeatAfterMs } = this.options;
    const due = this.pending.filter(
      ({ isPurged, seenAtMs }) => !isPurged || nowMs >= seenAtMs + repeatAfterMs,
    );
    if (nowMs >= this.everythingAtMs + EVERYTHING_PAUSE_MS) {
      if (due.length === 0) return undefined;
      const tags = namedBy(due);
      if (tags.has(EVERYTHING) || tags.size > maxTags) {
        return { tags: undefined, startedAtMs: nowMs, rows: this.pending };
      }
      return { tags: [...tags], startedAtMs: nowMs, rows: due };
    }
    // What can be named need not wait for what cannot.
    const rows = due.filter((row) => !row.tags.includes(EVERYTHING));
    const tags = namedBy(rows);
    if (rows.length === 0 || tags.size > maxTags) return undefined;
    return { tags: [...tags], startedAtMs: nowMs, rows };
  }

  /** The purge has succeeded. Answers the times of commit of what was purged for the first time. */
  done({ rows, startedAtMs, tags }: PurgeBatch): number[] {
    if (tags === undefined) this.everythingAtMs = startedAtMs;
    const first = rows.filter(({ isPurged }) => !isPurged);
    for (const row of rows) row.isPurged = true;
    const last = new Set(
      rows.filter(({ seenAtMs }) => startedAtMs >= seenAtMs + this.options.repeatAfterMs),
    );
    this.pending = this.pending.filter((row) => !last.has(row));
    this.pendingTags = this.pending.reduce((sum, row) => sum + row.tags.length, 0);
    return first.flatMap(({ committedAt }) => committedAt ?? []);
  }

  private add(
    position: number,
    tags: readonly string[],
    committedAt: number | undefined,
    seenAtMs: number,
  ): void {
    const kept = this.purgedFor(tags);
    this.pendingTags += kept.length;
    this.pending.push({ position, tags: kept, committedAt, seenAtMs, isPurged: false });
  }

  private purgedFor(tags: readonly string[]): readonly string[] {
    // An order to refresh voids nothing, and answers do not say of which regions they are made.
    const voided = tags.filter((tag) => !tag.startsWith(REFRESH));
    const isEverything =
      voided.some((tag) => tag === EVERYTHING || tag.startsWith(REGION)) ||
      this.pendingTags + voided.length > MAX_PENDING_TAGS;
    return isEverything ? [EVERYTHING] : voided;
  }
}

function namedBy(rows: readonly PendingRow[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ tags }) => tags));
}
