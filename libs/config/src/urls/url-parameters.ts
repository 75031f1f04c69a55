/** Reads URL parameters strictly: a malformed or unknown one is a problem. */
export class UrlParameters {
  private readonly unread: Set<string>;

  constructor(
    private readonly values: URLSearchParams,
    private readonly problems: string[],
  ) {
    this.unread = new Set(values.keys());
  }

  flag(name: string, fallback: boolean): boolean {
    const text = this.take(name);
    if (text === null) return fallback;
    if (text !== 'true' && text !== 'false') {
      this.problems.push(`parameter ${name} must be true or false`);
    }
    return text === 'true';
  }

  /** One of a few words. */
  choice<Word extends string>(name: string, words: readonly Word[], fallback: Word): Word {
    const text = this.take(name);
    if (text === null) return fallback;
    const found = words.find((word) => word === text);
    if (found === undefined) {
      this.problems.push(`parameter ${name} must be ${words.join(', ')}`);
    }
    return found ?? fallback;
  }

  text(name: string): string | undefined {
    return this.take(name) ?? undefined;
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const text = this.take(name);
    if (text === null) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      this.problems.push(`parameter ${name} must be a whole number from ${min} to ${max}`);
    }
    return value;
  }

  refuseUnread(): void {
    for (const name of this.unread) this.problems.push(`parameter ${name} is unknown`);
  }

  private take(name: string): string | null {
    this.unread.delete(name);
    return this.values.get(name);
  }
}
