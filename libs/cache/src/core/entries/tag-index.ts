/** Something that becomes void when one of its tags is invalidated: an entry or a load under way. */
export interface Dependent {
  invalidated(sequence: number): void;
}

/**
 * Which dependents carry which tag. A tag exists here only while something carries it, so the index
 * never outgrows what is cached. Most tags have one dependent and cost no set.
 */
export class TagIndex {
  private readonly dependents = new Map<string, Dependent | Set<Dependent>>();

  get size(): number {
    return this.dependents.size;
  }

  add(tag: string, dependent: Dependent): void {
    const present = this.dependents.get(tag);
    if (present === undefined) this.dependents.set(tag, dependent);
    else if (present instanceof Set) present.add(dependent);
    else if (present !== dependent) this.dependents.set(tag, new Set([present, dependent]));
  }

  remove(tag: string, dependent: Dependent): void {
    const present = this.dependents.get(tag);
    if (present === dependent) this.dependents.delete(tag);
    else if (present instanceof Set && present.delete(dependent) && present.size === 0) {
      this.dependents.delete(tag);
    }
  }

  /** Voids everything that carries the tag. */
  invalidate(tag: string, sequence: number): void {
    const present = this.dependents.get(tag);
    if (present === undefined) return;
    if (present instanceof Set) {
      for (const dependent of [...present]) dependent.invalidated(sequence);
    } else {
      present.invalidated(sequence);
    }
  }
}
