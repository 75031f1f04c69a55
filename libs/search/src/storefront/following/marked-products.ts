/**
 * Products whose change is not in an index yet, in groups: what was changed in one transaction takes
 * effect together, so a product that is in two of them makes one group of both.
 */
export class MarkedProducts {
  /** The group of each product. */
  private readonly groups = new Map<string, Set<string>>();

  get size(): number {
    return this.groups.size;
  }

  get ids(): string[] {
    return [...this.groups.keys()];
  }

  has(id: string): boolean {
    return this.groups.has(id);
  }

  /** Products of one transaction. */
  add(ids: Iterable<string>): void {
    let group = new Set<string>();
    for (const id of ids) {
      const own = this.groups.get(id);
      if (own !== undefined) {
        group = this.joined(group, own);
        continue;
      }
      group.add(id);
      this.groups.set(id, group);
    }
  }

  /** Everything that is marked there. */
  addAll(others: MarkedProducts): void {
    for (const group of new Set(others.groups.values())) this.add(group);
  }

  /**
   * Gives each group of which a product has been marked meanwhile over to `newer`, whole, and returns the
   * products that are left.
   */
  settle(newer: MarkedProducts): ReadonlySet<string> {
    const settled = new Set<string>();
    const overtaken: Set<string>[] = [];
    for (const group of new Set(this.groups.values())) {
      if ([...group].some((id) => newer.has(id))) overtaken.push(group);
      else for (const id of group) settled.add(id);
    }
    for (const group of overtaken) newer.add(group);
    return settled;
  }

  /** The smaller one goes into the larger one. */
  private joined(one: Set<string>, other: Set<string>): Set<string> {
    if (one === other) return one;
    const [less, more] = one.size < other.size ? [one, other] : [other, one];
    for (const id of less) {
      more.add(id);
      this.groups.set(id, more);
    }
    return more;
  }
}
