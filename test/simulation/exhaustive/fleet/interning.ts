export type Interned<Value> = Value & { readonly id: number };

/**
 * One object, and one number, for all equal values. States are compared by these numbers: exactly,
 * where a hash could take two different ones for the same and hide what follows from the second.
 */
export class Interning<Value extends object> {
  private readonly byText = new Map<string, Interned<Value>>();
  private readonly moves = new Map<string, Interned<Value>>();

  of(value: Value): Interned<Value> {
    const text = JSON.stringify(value);
    const present = this.byText.get(text);
    if (present !== undefined) return present;
    const interned = { ...value, id: this.byText.size };
    this.byText.set(text, interned);
    return interned;
  }

  /** The same, for a value that follows from another by a change of that name; made once. */
  after(from: Interned<Value>, change: string, make: () => Value): Interned<Value> {
    const key = `${from.id} ${change}`;
    let moved = this.moves.get(key);
    if (moved === undefined) {
      moved = this.of(make());
      this.moves.set(key, moved);
    }
    return moved;
  }
}
