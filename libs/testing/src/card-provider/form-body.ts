/** The parameters of a request, as the API encodes them: `metadata[key]=value`, `list[0]=value`. */
export class FormBody {
  private readonly values: URLSearchParams;
  private readonly read = new Set<string>();

  constructor(readonly text: string) {
    this.values = new URLSearchParams(text);
  }

  field(name: string): string | undefined {
    this.read.add(name);
    return this.values.get(name) ?? undefined;
  }

  integer(name: string): number | undefined {
    const text = this.field(name);
    return text === undefined ? undefined : Number(text);
  }

  map(name: string): Record<string, string> {
    const entries = [...this.values].flatMap(([key, value]): [string, string][] => {
      const inner = new RegExp(`^${name}\\[([^\\]]+)\\]$`).exec(key)?.[1];
      if (inner === undefined) return [];
      this.read.add(key);
      return [[inner, value]];
    });
    return Object.fromEntries(entries);
  }

  /** The first parameter that nothing has asked for: the API knows no such thing. */
  get unread(): string | undefined {
    return [...this.values.keys()].find((key) => !this.read.has(key));
  }
}
