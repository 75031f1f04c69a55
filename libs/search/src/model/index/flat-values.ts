const FIRST_ROOM = 4_096;
/** What is longer is hardly ever there twice, and costs more to look up than to copy. */
const MAX_SHARED_LENGTH = 64;
const NO_TEXT = -1;

/**
 * Texts and numbers in their order, for another thread: numbers in a typed array, which is handed over, with the
 * place of a text among the texts. A short text that is there many times is copied once.
 */
export interface FlatValues {
  readonly texts: readonly string[];
  readonly numbers: Float64Array<ArrayBuffer>;
}

export class FlatWriter {
  private readonly texts: string[] = [];
  private readonly places = new Map<string, number>();
  private numbers = new Float64Array(FIRST_ROOM);
  private used = 0;

  number(value: number): void {
    if (this.used === this.numbers.length) {
      const more = new Float64Array(2 * this.used);
      more.set(this.numbers);
      this.numbers = more;
    }
    this.numbers[this.used] = value;
    this.used += 1;
  }

  text(value: string | null): void {
    this.number(value === null ? NO_TEXT : this.placeOf(value));
  }

  finish(): FlatValues {
    return { texts: this.texts, numbers: this.numbers.slice(0, this.used) };
  }

  private placeOf(text: string): number {
    const isShared = text.length <= MAX_SHARED_LENGTH;
    const known = isShared ? this.places.get(text) : undefined;
    if (known !== undefined) return known;
    const place = this.texts.push(text) - 1;
    if (isShared) this.places.set(text, place);
    return place;
  }
}

/** Reads values in the order in which they were written; each as what it was written as. */
export class FlatReader {
  private at = 0;

  constructor(private readonly values: FlatValues) {}

  get isAtEnd(): boolean {
    return this.at >= this.values.numbers.length;
  }

  number(): number {
    return this.values.numbers[this.at++] as number;
  }

  text(): string | null {
    const place = this.number();
    return place === NO_TEXT ? null : (this.values.texts[place] as string);
  }
}
