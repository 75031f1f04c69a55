/** How many slots a Redis Cluster has, whatever its size. */
export const SLOTS = 16_384;

const POLYNOMIAL = 0x1021;

/** CRC-16/XMODEM, by which Redis Cluster spreads keys. */
export function crc16(text: string): number {
  let crc = 0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x80_00) === 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
    }
  }
  return crc & 0xff_ff;
}

/** The slot of a key or of a sharded channel: of what stands in its first braces, or of all of it. */
export function hashSlot(key: string): number {
  const open = key.indexOf('{');
  const close = key.indexOf('}', open + 1);
  const isTagged = open !== -1 && close > open + 1;
  return crc16(isTagged ? key.slice(open + 1, close) : key) % SLOTS;
}

/**
 * A hash tag that begins with `name` and whose slot lies in the part with this number (from 0) of as many equal parts of
 * all slots. Nodes are given ranges of slots, so names of different parts are at different nodes as far as there are any.
 */
export function tagInPart(name: string, part: number, parts: number): string {
  for (let attempt = 0; ; attempt += 1) {
    const tag = attempt === 0 ? name : `${name}.${attempt}`;
    if (Math.floor((hashSlot(tag) * parts) / SLOTS) === part) return `{${tag}}`;
  }
}
