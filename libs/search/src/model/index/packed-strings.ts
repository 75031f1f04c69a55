import { inSteps } from './in-steps.js';

// oxlint-disable-next-line eslint/no-control-regex
const LATIN = /^[\u0000-\u00ff]*$/;

/** Latin texts take a byte for each unit, others two. */
type Units = Uint8Array | Uint16Array;

/**
 * Texts in one array of UTF-16 units: a number for each instead of an object, so that a hundred thousand
 * cost the garbage collector nothing. Texts compare by their units, as JavaScript compares them.
 */
export class PackedStrings {
  private constructor(
    readonly units: Units,
    /** Where each text begins; one more than there are texts. */
    readonly offsets: Uint32Array,
  ) {}

  /** In steps. */
  static *of(texts: readonly string[]): Generator<undefined, PackedStrings> {
    const offsets = new Uint32Array(texts.length + 1);
    let end = 0;
    let isLatin = true;
    yield* inSteps(texts.length, (index) => {
      const text = texts[index] as string;
      isLatin &&= LATIN.test(text);
      end += text.length;
      offsets[index + 1] = end;
    });
    const units = isLatin ? new Uint8Array(end) : new Uint16Array(end);
    let place = 0;
    yield* inSteps(texts.length, (index) => {
      const text = texts[index] as string;
      for (let at = 0; at < text.length; at += 1) units[place++] = text.charCodeAt(at);
    });
    return new PackedStrings(units, offsets);
  }

  /** What has been packed before. */
  static from(units: Units, offsets: Uint32Array): PackedStrings {
    return new PackedStrings(units, offsets);
  }

  get length(): number {
    return this.offsets.length - 1;
  }

  at(index: number): string {
    const units = this.units.subarray(this.offsets[index], this.offsets[index + 1]);
    // Spreading would go through an iterator.
    return String.fromCharCode.apply(null, units as unknown as number[]);
  }

  /** Below 0 when the text at `index` comes before `text`. */
  compare(index: number, text: string): number {
    const start = this.offsets[index] as number;
    const length = (this.offsets[index + 1] as number) - start;
    const shared = Math.min(length, text.length);
    for (let at = 0; at < shared; at += 1) {
      const difference = (this.units[start + at] as number) - text.charCodeAt(at);
      if (difference !== 0) return difference;
    }
    return length - text.length;
  }

  /** Of ascending texts: the first that is not before `text`. */
  lowerBound(text: string): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(middle, text) >= 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Of ascending texts, from the first that begins with `prefix`: the first that does not. */
  prefixEnd(prefix: string, from: number): number {
    let low = from;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.beginsWith(middle, prefix)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  find(text: string): number | undefined {
    const index = this.lowerBound(text);
    return index < this.length && this.compare(index, text) === 0 ? index : undefined;
  }

  private beginsWith(index: number, prefix: string): boolean {
    const start = this.offsets[index] as number;
    if ((this.offsets[index + 1] as number) - start < prefix.length) return false;
    for (let at = 0; at < prefix.length; at += 1) {
      if (this.units[start + at] !== prefix.charCodeAt(at)) return false;
    }
    return true;
  }
}
