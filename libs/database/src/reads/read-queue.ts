import type { PendingRead } from './pending-read.js';
import type { QuickStatements } from './quick-statements.js';

/** Few enough that the last of a batch hardly waits for the first: each takes less than a millisecond. */
const MAX_BATCH = 16;

/**
 * Reads that wait for a thread, first in, first out, in two lines: statements that have proven quick go
 * many at a time; every other goes alone, and never to the last thread, so that slow queries of one
 * client do not keep the quick ones of all others waiting.
 */
export class ReadQueue {
  private readonly quick = new Set<PendingRead>();
  private readonly others = new Set<PendingRead>();

  constructor(private readonly known: QuickStatements) {}

  get size(): number {
    return this.quick.size + this.others.size;
  }

  add(read: PendingRead): void {
    (this.known.has(read.statement.text) ? this.quick : this.others).add(read);
  }

  delete(read: PendingRead): void {
    if (!this.quick.delete(read)) this.others.delete(read);
  }

  /** What the next idle thread runs; undefined when there is nothing for it. */
  take(
    mayBeSlow: boolean,
  ): { readonly reads: PendingRead[]; readonly isQuick: boolean } | undefined {
    const [slow] = mayBeSlow ? this.others : [];
    if (slow !== undefined) {
      this.others.delete(slow);
      return { reads: [slow], isQuick: false };
    }
    const reads: PendingRead[] = [];
    for (const read of this.quick) {
      if (reads.length === MAX_BATCH) break;
      reads.push(read);
      this.quick.delete(read);
    }
    return reads.length === 0 ? undefined : { reads, isQuick: true };
  }

  /** Empties the queue. */
  takeAll(): PendingRead[] {
    const reads = [...this.quick, ...this.others];
    this.quick.clear();
    this.others.clear();
    return reads;
  }
}
