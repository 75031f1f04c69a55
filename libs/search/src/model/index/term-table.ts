import { GrowingNumbers } from './growing-numbers.js';
import { filled, inSteps } from './in-steps.js';
import { PackedStrings } from './packed-strings.js';
import { sorted } from './stepwise-sort.js';

/** As many as the words of one product need. */
const FIRST_SLOTS = 256;
const FIRST_UNITS = 1_024;
/** Of the hash by Fowler, Noll and Vo (FNV-1a, 32 bits), over UTF-16 units. */
const OFFSET_BASIS = 0x81_1c_9d_c5;
const PRIME = 0x01_00_01_93;

/**
 * Numbers terms in the order in which they come, from 0. A term is looked up where it stands in a text: no string is made
 * of it, which for millions of words costs more than all else that is done with them.
 */
export class TermTable {
  private units = new Uint16Array(FIRST_UNITS);
  /** Where each term ends in them. */
  private readonly ends = new GrowingNumbers();
  private readonly hashes = new GrowingNumbers();
  /** The number of a term plus 1 at its hash or behind; 0 where there is none. Never more than half full. */
  private slots = new Uint32Array(FIRST_SLOTS);

  get size(): number {
    return this.ends.length;
  }

  /** The number of the term that stands from `start` to before `end`; a new one when it was not there. */
  numberOf(text: string, start = 0, end = text.length): number {
    let hash = OFFSET_BASIS;
    for (let at = start; at < end; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
    }
    hash >>>= 0;
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const known = this.slots[slot] as number;
      if (known === 0) return this.add(text, start, end, hash, slot);
      if (this.hashes.at(known - 1) === hash && this.isTerm(known - 1, text, start, end)) {
        return known - 1;
      }
    }
  }

  /** The term with a number. */
  at(number: number): string {
    return String.fromCharCode(...this.units.subarray(this.startOf(number), this.ends.at(number)));
  }

  /** All terms in ascending order, and the place of each in it; in steps of a few milliseconds. */
  *finish(): Generator<undefined, { readonly terms: PackedStrings; readonly places: Uint32Array }> {
    const numbers = yield* filled(new Uint32Array(this.size), (number) => number);
    const order = yield* sorted(numbers, (one, other) => this.compare(one, other));
    const offsets = new Uint32Array(order.length + 1);
    const places = new Uint32Array(order.length);
    let isLatin = true;
    yield* inSteps(order.length, (place) => {
      const number = order[place] as number;
      const [start, end] = [this.startOf(number), this.ends.at(number)];
      places[number] = place;
      offsets[place + 1] = (offsets[place] as number) + end - start;
      for (let at = start; at < end; at += 1) isLatin &&= (this.units[at] as number) <= 0xff;
    });
    const length = offsets.at(-1) ?? 0;
    const units = isLatin ? new Uint8Array(length) : new Uint16Array(length);
    yield* inSteps(order.length, (place) => {
      const number = order[place] as number;
      const own = this.units.subarray(this.startOf(number), this.ends.at(number));
      units.set(own, offsets[place]);
    });
    return { terms: PackedStrings.from(units, offsets), places };
  }

  private add(text: string, start: number, end: number, hash: number, slot: number): number {
    const number = this.size;
    const from = this.startOf(number);
    if (from + end - start > this.units.length) {
      const more = new Uint16Array(2 * this.units.length + end - start);
      more.set(this.units);
      this.units = more;
    }
    for (let at = start; at < end; at += 1) this.units[from + at - start] = text.charCodeAt(at);
    this.ends.push(from + end - start);
    this.hashes.push(hash);
    this.slots[slot] = number + 1;
    if (2 * this.size > this.slots.length) this.grow();
    return number;
  }

  private grow(): void {
    this.slots = new Uint32Array(2 * this.slots.length);
    const mask = this.slots.length - 1;
    for (let number = 0; number < this.size; number += 1) {
      let slot = this.hashes.at(number) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = number + 1;
    }
  }

  private startOf(number: number): number {
    return number === 0 ? 0 : this.ends.at(number - 1);
  }

  private isTerm(number: number, text: string, start: number, end: number): boolean {
    const from = this.startOf(number);
    if (this.ends.at(number) - from !== end - start) return false;
    for (let at = start; at < end; at += 1) {
      if (this.units[from + at - start] !== text.charCodeAt(at)) return false;
    }
    return true;
  }

  private compare(one: number, other: number): number {
    const [from, otherFrom] = [this.startOf(one), this.startOf(other)];
    const [length, otherLength] = [this.ends.at(one) - from, this.ends.at(other) - otherFrom];
    const shared = Math.min(length, otherLength);
    for (let at = 0; at < shared; at += 1) {
      const difference = (this.units[from + at] as number) - (this.units[otherFrom + at] as number);
      if (difference !== 0) return difference;
    }
    return length - otherLength;
  }
}
