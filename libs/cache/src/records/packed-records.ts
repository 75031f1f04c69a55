import { ByteTable } from './byte-table.js';

/** A block holds many records; a larger record has one of its own. */
const BLOCK_BYTES = 256 * 1024;
/** Of the key and of the value, before both. */
const HEADER_BYTES = 8;
/** A place is a block and an offset in steps of 8 bytes, in 32 bits. */
const STEP_BYTES = 8;
const OFFSET_BITS = 15;
/** One less than there could be: the table keeps a place plus 1. */
const MAX_BLOCKS = 2 ** (32 - OFFSET_BITS) - 1;

interface Block {
  readonly bytes: Buffer;
  /** Where the next record goes. */
  end: number;
  /** Of what stands in it, what still counts. */
  live: number;
}

/**
 * Records by a text, as bytes in few large blocks: for hundreds of thousands of them, which as objects would take
 * several times that and be walked by the garbage collector each time. Records are written one behind another, and a
 * block of which more than half is dead is emptied into the last one (the cleaning of Rosenblum and Ousterhout, _The Design
 * and Implementation of a Log-Structured File System_, 1992).
 */
export class PackedRecords {
  private readonly blocks: (Block | undefined)[] = [];
  private readonly free: number[] = [];
  private readonly places = new ByteTable();
  private last: number | undefined;
  private blockBytes = 0;

  get size(): number {
    return this.places.size;
  }

  /** What it takes of the memory, with what is dead in its blocks. */
  get bytes(): number {
    return this.blockBytes + this.places.bytes;
  }

  has(key: string): boolean {
    return this.placeOf(Buffer.from(key)) !== undefined;
  }

  /** A view, to be read in this step: what is written later may come to stand there. */
  get(key: string): Buffer | undefined {
    const place = this.placeOf(Buffer.from(key));
    if (place === undefined) return undefined;
    const { bytes } = this.blockAt(place);
    const at = offsetOf(place);
    const from = at + HEADER_BYTES + bytes.readUInt32LE(at);
    return bytes.subarray(from, from + bytes.readUInt32LE(at + 4));
  }

  set(key: string, value: Uint8Array): void {
    const keyBytes = Buffer.from(key);
    this.remove(keyBytes);
    this.places.add(keyBytes, this.append(keyBytes, value));
  }

  delete(key: string): boolean {
    return this.remove(Buffer.from(key));
  }

  clear(): void {
    this.blocks.length = 0;
    this.free.length = 0;
    this.places.clear();
    this.last = undefined;
    this.blockBytes = 0;
  }

  private placeOf(key: Buffer): number | undefined {
    return this.places.find(key, (place) => this.isAt(place, key));
  }

  private remove(key: Buffer): boolean {
    const place = this.places.remove(key, (candidate) => this.isAt(candidate, key));
    if (place === undefined) return false;
    const block = this.blockAt(place);
    block.live -= lengthAt(block.bytes, offsetOf(place));
    const number = blockOf(place);
    if (number !== this.last && isHollow(block)) this.empty(number, block);
    return true;
  }

  private isAt(place: number, key: Buffer): boolean {
    const { bytes } = this.blockAt(place);
    const at = offsetOf(place);
    if (bytes.readUInt32LE(at) !== key.length) return false;
    const from = at + HEADER_BYTES;
    return bytes.compare(key, 0, key.length, from, from + key.length) === 0;
  }

  private append(key: Uint8Array, value: Uint8Array): number {
    const needed = rounded(HEADER_BYTES + key.length + value.length);
    const number = this.blockWithRoom(needed);
    const block = this.blocks[number] as Block;
    const { bytes, end: at } = block;
    bytes.writeUInt32LE(key.length, at);
    bytes.writeUInt32LE(value.length, at + 4);
    bytes.set(key, at + HEADER_BYTES);
    bytes.set(value, at + HEADER_BYTES + key.length);
    block.end += needed;
    block.live += needed;
    return number * 2 ** OFFSET_BITS + at / STEP_BYTES;
  }

  private blockWithRoom(needed: number): number {
    if (needed > BLOCK_BYTES) return this.open(needed);
    for (;;) {
      const { last } = this;
      const block = last === undefined ? undefined : (this.blocks[last] as Block);
      if (last !== undefined && block !== undefined && block.end + needed <= BLOCK_BYTES)
        return last;
      this.last = this.open(BLOCK_BYTES);
      // It was spared while it was the last one, and what is left of it may fill the new one.
      if (last !== undefined && block !== undefined && isHollow(block)) this.empty(last, block);
    }
  }

  private open(length: number): number {
    const number = this.free.pop() ?? this.blocks.length;
    if (number >= MAX_BLOCKS) throw new RangeError('more records than places');
    // Other buffers share no memory with it, so it is given back when the block is.
    this.blocks[number] = { bytes: Buffer.allocUnsafeSlow(length), end: 0, live: 0 };
    this.blockBytes += length;
    return number;
  }

  /** Gives up a block; what counts in it goes to the last one. */
  private empty(number: number, block: Block): void {
    const { bytes, end } = block;
    this.blocks[number] = undefined;
    for (let at = 0; at < end; at += lengthAt(bytes, at)) {
      const place = number * 2 ** OFFSET_BITS + at / STEP_BYTES;
      const keyLength = bytes.readUInt32LE(at);
      const from = at + HEADER_BYTES;
      const key = bytes.subarray(from, from + keyLength);
      if (!this.places.holds(key, place)) continue;
      const valueFrom = from + keyLength;
      const value = bytes.subarray(valueFrom, valueFrom + bytes.readUInt32LE(at + 4));
      this.places.move(key, place, this.append(key, value));
    }
    this.free.push(number);
    this.blockBytes -= bytes.length;
  }

  private blockAt(place: number): Block {
    return this.blocks[blockOf(place)] as Block;
  }
}

function isHollow({ live, end }: Block): boolean {
  return live * 2 < end;
}

function blockOf(place: number): number {
  return Math.floor(place / 2 ** OFFSET_BITS);
}

function offsetOf(place: number): number {
  return (place % 2 ** OFFSET_BITS) * STEP_BYTES;
}

function lengthAt(bytes: Buffer, at: number): number {
  return rounded(HEADER_BYTES + bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4));
}

function rounded(bytes: number): number {
  return Math.ceil(bytes / STEP_BYTES) * STEP_BYTES;
}
