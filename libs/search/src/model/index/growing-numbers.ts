/** What a change of one product needs: most of what is made of them is thrown away soon. */
const FIRST_ROOM = 64;

/** Whole numbers below 2^32, to which more are added at the end: 4 bytes each, and nothing for the garbage collector. */
export class GrowingNumbers {
  private room = new Uint32Array(FIRST_ROOM);
  private used = 0;

  get length(): number {
    return this.used;
  }

  at(index: number): number {
    return this.room[index] as number;
  }

  /** Only of what has been pushed. */
  set(index: number, value: number): void {
    this.room[index] = value;
  }

  push(value: number): void {
    if (this.used === this.room.length) {
      const more = new Uint32Array(2 * this.used);
      more.set(this.room);
      this.room = more;
    }
    this.room[this.used] = value;
    this.used += 1;
  }

  /** All of them, without copying them; what is added later may not be seen there. */
  get items(): Uint32Array {
    return this.room.subarray(0, this.used);
  }
}
