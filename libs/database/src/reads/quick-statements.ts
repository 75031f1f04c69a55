/** Of the processor. A statement that takes longer keeps other reads of its thread waiting. */
const QUICK_MS = 5;
const MAX_KNOWN = 2_000;

/**
 * The statements that have proven quick, by their text. Clients can ask for ever new combinations of
 * filters, hence ever new texts: what has not been measured is not trusted, and only what is quick is
 * remembered, so that no flood of slow ones drives the quick ones out.
 */
export class QuickStatements {
  private readonly known = new Set<string>();

  has(text: string): boolean {
    return this.known.has(text);
  }

  note(text: string, cpuMs: number): void {
    if (cpuMs > QUICK_MS) {
      this.known.delete(text);
    } else if (!this.known.has(text)) {
      const oldest = this.known.values().next();
      if (this.known.size >= MAX_KNOWN && oldest.done !== true) this.known.delete(oldest.value);
      this.known.add(text);
    }
  }
}
