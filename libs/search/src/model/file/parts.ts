import { UnusableFile } from './unusable-file.js';

const kinds = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f64: Float64Array,
} as const;

export const partKinds = ['u8', 'u16', 'u32', 'f64'] as const;
export type PartKind = (typeof partKinds)[number];
interface Arrays {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly f64: Float64Array;
}
export type PartArray = Arrays[PartKind];

/** What an array in a file is: its kind, and how many numbers it has. */
export type PartHead = readonly [kind: PartKind, length: number];

/** Every array begins at a multiple of this, so that it can be used where it was read. */
export const ALIGNMENT = 8;

export function paddedLength(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Bytes that the arrays of these heads take; `NaN` for what is no length. */
export function bytesOfParts(heads: readonly PartHead[]): number {
  return heads.reduce(
    (sum, [kind, length]) => sum + paddedLength(length * kinds[kind].BYTES_PER_ELEMENT),
    0,
  );
}

/** Collects the arrays of a segment in their order, without copying them. */
export class PartWriter {
  readonly heads: PartHead[] = [];
  readonly arrays: PartArray[] = [];

  add(...arrays: readonly PartArray[]): void {
    for (const array of arrays) {
      this.heads.push([kindOf(array), array.length]);
      this.arrays.push(array);
    }
  }
}

/** Hands out the arrays again: views into one buffer, which holds them and nothing else. */
export class PartReader {
  private taken = 0;
  private offset = 0;

  /** Throws {@link UnusableFile} when the buffer is of another size than the heads say. */
  constructor(
    private readonly heads: readonly PartHead[],
    private readonly buffer: ArrayBuffer,
  ) {
    if (bytesOfParts(heads) !== buffer.byteLength) throw new UnusableFile('its size is wrong');
  }

  /** The next array, which must be of this kind, and of this length where one is given. */
  take<Kind extends PartKind>(kind: Kind, wantedLength?: number): Arrays[Kind] {
    const [found, length] = this.heads[this.taken] ?? [];
    if (found !== kind || length === undefined || (wantedLength ?? length) !== length) {
      throw new UnusableFile(`array ${this.taken} is not what it should be`);
    }
    // Sound because the name of a kind is the key of its class.
    const array = new kinds[kind](this.buffer, this.offset, length) as Arrays[Kind];
    this.taken += 1;
    this.offset += paddedLength(array.byteLength);
    return array;
  }

  /** What kind the next array is of. */
  get nextKind(): PartKind | undefined {
    return this.heads[this.taken]?.[0];
  }

  /** Throws {@link UnusableFile} when there is more. */
  end(): void {
    if (this.taken !== this.heads.length) throw new UnusableFile('it has more arrays than wanted');
  }
}

function kindOf(array: PartArray): PartKind {
  const kind = partKinds.find((each) => array instanceof kinds[each]);
  if (kind === undefined) throw new TypeError('no kind of array that a segment has');
  return kind;
}
