import type { PackedStrings } from './packed-strings.js';

/**
 * Which letters each term of a dictionary has, as the bits of a number, and which any of 32 neighbours has. What
 * lacks more letters of a word than may be wrong in it is passed over without a look at its characters.
 */
export interface TermLetters {
  readonly ofTerms: Uint32Array;
  /** Of the terms from `32 * n` to before `32 * (n + 1)` together. */
  readonly ofBlocks: Uint32Array;
}

export const TERMS_PER_BLOCK = 32;
const BLOCKS_PER_STEP = 50;
const A = 97;
const Z = 122;
/** Bits that no letter from a to z has. */
const FIRST_OTHER = 27;
const OTHERS = 5;

/** In steps of a few milliseconds. */
export function* termLetters({
  units,
  offsets,
  length,
}: PackedStrings): Generator<undefined, TermLetters> {
  const ofTerms = new Uint32Array(length);
  const ofBlocks = new Uint32Array(Math.ceil(length / TERMS_PER_BLOCK));
  for (let block = 0; block < ofBlocks.length; block += 1) {
    if (block % BLOCKS_PER_STEP === 0) yield;
    const end = Math.min(length, (block + 1) * TERMS_PER_BLOCK);
    let together = 0;
    for (let term = block * TERMS_PER_BLOCK; term < end; term += 1) {
      let letters = 0;
      const last = offsets[term + 1] as number;
      for (let at = offsets[term] as number; at < last; at += 1) {
        letters |= letterOf(units[at] as number);
      }
      ofTerms[term] = letters;
      together |= letters;
    }
    ofBlocks[block] = together;
  }
  return { ofTerms, ofBlocks };
}

export function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= letterOf(word.charCodeAt(at));
  return letters;
}

/** Whether `others` lack at most so many of the letters. An edit takes at most one away. */
export function lacksAtMost(most: number, letters: number, others: number): boolean {
  let lacking = letters & ~others;
  // Each takes the lowest bit away.
  for (let each = 0; each < most; each += 1) lacking &= lacking - 1;
  return lacking === 0;
}

function letterOf(unit: number): number {
  return 1 << (unit >= A && unit <= Z ? unit & 31 : FIRST_OTHER + (unit % OTHERS));
}
