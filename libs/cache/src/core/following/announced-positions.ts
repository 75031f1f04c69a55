import type { Invalidation } from '../publishing/wire.js';

/** Tags that are remembered in all; what is forgotten is voided once more when its row is read. */
const MAX_TAGS = 100_000;

interface Announcement {
  readonly invalidation: Invalidation;
  readonly heardAtMs: number;
}

/**
 * What the fast path has said of the log and the log has not shown yet. It was voided when it was heard,
 * so its row need not be voided again; that is all it is good for. Bounded, and forgotten when a look
 * into the log that was sent later does not show it.
 */
export class AnnouncedPositions {
  private readonly announced = new Map<number, Announcement>();
  private tagCount = 0;
  private highest = 0;
  /** Nothing is missing from the watermark up to here. */
  private contiguousTo = 0;

  /**
   * Every announced position from `watermark` on has its predecessor announced or applied. It goes on
   * from where it came to before, so that a message costs what it says, however many others are
   * remembered.
   */
  isContiguousFrom(watermark: number, isApplied: (position: number) => boolean): boolean {
    let reached = Math.max(this.contiguousTo, watermark);
    while (this.announced.has(reached + 1) || isApplied(reached + 1)) reached += 1;
    this.contiguousTo = reached;
    return reached >= this.highest;
  }

  /** True when exactly this was announced and is remembered: a repeat says nothing new. */
  covers({ position, tags, committedAt }: Invalidation): boolean {
    const known = this.announced.get(position)?.invalidation;
    if (known === undefined || known.committedAt !== committedAt) return false;
    if (known.tags.length === tags.length) {
      return tags.every((tag, index) => tag === known.tags[index] || known.tags.includes(tag));
    }
    const voided = new Set(known.tags);
    return tags.every((tag) => voided.has(tag));
  }

  add(invalidation: Invalidation, heardAtMs: number): void {
    this.delete(invalidation.position);
    this.announced.set(invalidation.position, { invalidation, heardAtMs });
    this.highest = Math.max(this.highest, invalidation.position);
    this.tagCount += invalidation.tags.length + 1;
    for (const position of this.announced.keys()) {
      if (this.tagCount <= MAX_TAGS) return;
      this.forget(position);
    }
  }

  /** Its row was read, or it is this replica's own: it is applied. */
  delete(position: number): void {
    const known = this.announced.get(position);
    if (known === undefined) return;
    this.announced.delete(position);
    this.tagCount -= known.invalidation.tags.length + 1;
  }

  /** A look into the log that was sent at `sentAtMs` has not shown them: they were never committed. */
  forgetHeardBefore(sentAtMs: number): void {
    this.highest = 0;
    for (const [position, { heardAtMs }] of this.announced) {
      if (heardAtMs < sentAtMs) this.forget(position);
      else this.highest = Math.max(this.highest, position);
    }
  }

  clear(): void {
    this.announced.clear();
    this.tagCount = 0;
    this.highest = 0;
    this.contiguousTo = 0;
  }

  /** It is a gap again. */
  private forget(position: number): void {
    this.delete(position);
    if (position <= this.contiguousTo) this.contiguousTo = 0;
  }
}
