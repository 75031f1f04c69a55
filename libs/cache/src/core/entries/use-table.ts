/** Keys kept at least, and twice as many at most. */
const KEPT = 500;

/** How often keys were used lately, roughly. Bounded: the keys used least make room for new ones. */
export class UseTable {
  private uses = new Map<string, number>();

  add(text: string, uses: number): void {
    this.uses.set(text, (this.uses.get(text) ?? 0) + uses);
    if (this.uses.size > 2 * KEPT) this.uses = new Map(this.mostUsed().slice(0, KEPT));
  }

  /** Most used first. */
  mostUsed(): (readonly [text: string, uses: number])[] {
    return [...this.uses].sort(([, one], [, other]) => other - one);
  }

  /** What was used long ago counts less and less, and goes when it counts less than half a use. */
  decay(factor: number): void {
    for (const [text, uses] of this.uses) {
      if (uses * factor < 0.5) this.uses.delete(text);
      else this.uses.set(text, uses * factor);
    }
  }
}
