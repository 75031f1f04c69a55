/** The memory for records of a process, in bytes. */
export class RecordBudget {
  private usedBytes = 0;

  /** 0: nothing is held. */
  constructor(readonly limit: number) {}

  hasRoomFor(bytes: number): boolean {
    return this.usedBytes + bytes <= this.limit;
  }

  changed(bytes: number): void {
    this.usedBytes += bytes;
  }
}
