/** A store that takes part in the memory of the process. */
export interface BudgetMember {
  readonly bytes: number;
  /** How much of the budget it may claim, compared with the shares of the others. */
  readonly share: number;
  /** Gives up one entry; false when there is none. */
  evictOne(): boolean;
}

/** An entry that is a larger part of the whole would push out too much. */
const LARGEST_PART = 1 / 4;

/**
 * The memory for cached values of a process, in estimated bytes. A store may use what the others
 * leave free. When the sum is used up, the store that holds most for its share gives way, so none is
 * pushed below its share of the whole by another.
 */
export class ByteBudget {
  private readonly members: BudgetMember[] = [];
  private usedBytes = 0;

  constructor(readonly limit: number) {}

  get used(): number {
    return this.usedBytes;
  }

  get largestEntry(): number {
    return this.limit * LARGEST_PART;
  }

  join(member: BudgetMember): void {
    this.members.push(member);
  }

  /** Evicts until that much fits. Its work grows with the bytes and the stores, not with the entries held. */
  makeRoom(bytes: number): void {
    while (this.usedBytes + bytes > this.limit) {
      if (this.fullest()?.evictOne() !== true) return;
    }
  }

  /** Told by the members whenever they hold more or less. */
  changed(bytes: number): void {
    this.usedBytes += bytes;
  }

  private fullest(): BudgetMember | undefined {
    let fullest: BudgetMember | undefined;
    let most = 0;
    for (const member of this.members) {
      const fill = member.bytes / member.share;
      if (fill <= most) continue;
      most = fill;
      fullest = member;
    }
    return fullest;
  }
}
