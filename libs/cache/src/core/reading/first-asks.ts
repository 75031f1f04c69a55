/** A power of two: 64 KB for each reader that has such notes. */
const SLOTS = 2 ** 14;

/**
 * Which texts were asked for lately, in memory that never grows: of each a fingerprint, until another one
 * takes its place. Of two texts with one fingerprint (one pair in billions) the second counts as asked
 * for before, which is what is right for a text that was forgotten too late.
 */
export class FirstAsks {
  private readonly marks = new Int32Array(SLOTS);

  /** Notes the text. True when it was not noted before, or is forgotten. */
  isFirst(text: string): boolean {
    const mark = fingerprint(text);
    const slot = (mark >>> 8) & (SLOTS - 1);
    if (this.marks[slot] === mark) return false;
    this.marks[slot] = mark;
    return true;
  }
}

/** FNV-1a, by characters; never 0, which is what an empty slot has. */
function fingerprint(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  return hash | 1;
}
