const FEWEST_SLOTS = 1_024;
const MOST_FILLED = 0.7;
/** No place: what is stored is a place plus 1. */
const NONE = 0;

/**
 * Places by keys, which stand where the places lead to: an open hash table with linear probing (Knuth, _The Art of Computer
 * Programming_ 6.4, algorithms L and R) of 11 to 23 bytes for each key.
 */
export class ByteTable {
  private hashes = new Uint32Array(FEWEST_SLOTS);
  private places = new Uint32Array(FEWEST_SLOTS);
  private count = 0;

  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return this.hashes.byteLength + this.places.byteLength;
  }

  /** The place of a key; `isAt` tells whether it stands at a place. */
  find(key: Uint8Array, isAt: (place: number) => boolean): number | undefined {
    const slot = this.slotOf(hashOf(key), isAt);
    return slot === undefined ? undefined : this.placeIn(slot);
  }

  /** Whether this place is the one of the key. */
  holds(key: Uint8Array, place: number): boolean {
    return this.slotOf(hashOf(key), (candidate) => candidate === place) !== undefined;
  }

  /** The key must not be there. */
  add(key: Uint8Array, place: number): void {
    if (this.count + 1 > this.hashes.length * MOST_FILLED) this.grow();
    this.put(hashOf(key), place);
    this.count += 1;
  }

  move(key: Uint8Array, from: number, to: number): void {
    const slot = this.slotOf(hashOf(key), (candidate) => candidate === from);
    if (slot !== undefined) this.places[slot] = to + 1;
  }

  /** The place that it had; undefined when it was not there. */
  remove(key: Uint8Array, isAt: (place: number) => boolean): number | undefined {
    const slot = this.slotOf(hashOf(key), isAt);
    if (slot === undefined) return undefined;
    const place = this.placeIn(slot);
    this.count -= 1;
    this.closeGap(slot);
    return place;
  }

  clear(): void {
    this.hashes = new Uint32Array(FEWEST_SLOTS);
    this.places = new Uint32Array(FEWEST_SLOTS);
    this.count = 0;
  }

  private get mask(): number {
    return this.hashes.length - 1;
  }

  private placeIn(slot: number): number {
    return (this.places[slot] as number) - 1;
  }

  private slotOf(hash: number, isAt: (place: number) => boolean): number | undefined {
    for (let slot = hash & this.mask; this.places[slot] !== NONE; slot = (slot + 1) & this.mask) {
      if (this.hashes[slot] === hash && isAt(this.placeIn(slot))) return slot;
    }
    return undefined;
  }

  private put(hash: number, place: number): void {
    let slot = hash & this.mask;
    while (this.places[slot] !== NONE) slot = (slot + 1) & this.mask;
    this.hashes[slot] = hash;
    this.places[slot] = place + 1;
  }

  /** What was pushed past the gap comes back, so that a search needs no marks of what is gone. */
  private closeGap(gap: number): void {
    const { mask } = this;
    let hole = gap;
    for (let slot = (gap + 1) & mask; this.places[slot] !== NONE; slot = (slot + 1) & mask) {
      const wanted = (this.hashes[slot] as number) & mask;
      if (((slot - wanted) & mask) < ((slot - hole) & mask)) continue;
      this.hashes[hole] = this.hashes[slot] as number;
      this.places[hole] = this.places[slot] as number;
      hole = slot;
    }
    this.places[hole] = NONE;
  }

  private grow(): void {
    const { hashes, places } = this;
    this.hashes = new Uint32Array(hashes.length * 2);
    this.places = new Uint32Array(places.length * 2);
    for (let slot = 0; slot < hashes.length; slot += 1) {
      const place = places[slot] as number;
      if (place !== NONE) this.put(hashes[slot] as number, place - 1);
    }
  }
}

/** FNV-1a; who chooses ids of products chooses where they collide, and no shopper does. */
function hashOf(key: Uint8Array): number {
  let hash = 0x81_1c_9d_c5;
  for (const byte of key) hash = Math.imul(hash ^ byte, 0x01_00_01_93);
  return hash >>> 0;
}
