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

  /** Every announced position from `watermark` on has its predecessor announced or applied. */
  isContiguousFrom(watermark: number, isApplied: (position: number) => boolean): boolean {
    let left = this.announced.size;
    for (let next = watermark + 1; left > 0; next += 1) {
      if (this.announced.has(next)) left -= 1;
      else if (!isApplied(next)) return false;
    }
    return true;
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
    this.tagCount += invalidation.tags.length + 1;
    for (const position of this.announced.keys()) {
      if (this.tagCount <= MAX_TAGS) return;
      this.delete(position);
    }
  }

  delete(position: number): void {
    const known = this.announced.get(position);
    if (known === undefined) return;
    this.announced.delete(position);
    this.tagCount -= known.invalidation.tags.length + 1;
  }

  /** A look into the log that was sent at `sentAtMs` has not shown them: they were never committed. */
  forgetHeardBefore(sentAtMs: number): void {
    for (const [position, { heardAtMs }] of this.announced) {
      if (heardAtMs < sentAtMs) this.delete(position);
    }
  }

  clear(): void {
    this.announced.clear();
    this.tagCount = 0;
  }
}
