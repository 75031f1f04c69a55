/** How much is kept. */
export interface LastAskedLimits {
  readonly maxTexts: number;
  /** Of all values together, so that texts with much to them take no more room than others. */
  readonly maxWeight: number;
}

/** What was found for the texts that were last asked for. Only for what never changes: nothing of it is ever made anew. */
export class LastAsked<Value> {
  /** Longest unasked first. */
  private readonly known = new Map<string, Value>();
  private held = 0;

  constructor(
    private readonly limits: LastAskedLimits,
    private readonly weightOf: (value: Value) => number,
  ) {}

  get(text: string, find: () => Value): Value {
    const known = this.known.get(text);
    const value = known ?? find();
    if (known === undefined) this.held += this.weightOf(value);
    else this.known.delete(text);
    this.known.set(text, value);
    if (known === undefined) this.forget();
    return value;
  }

  private forget(): void {
    const { maxTexts, maxWeight } = this.limits;
    for (const [text, value] of this.known) {
      if (this.known.size <= maxTexts && this.held <= maxWeight) return;
      this.known.delete(text);
      this.held -= this.weightOf(value);
    }
  }
}
