import { createHash } from 'node:crypto';

/** A UUID (version 8) that is the same wherever and whenever it is derived from the same name. */
export function demoId(type: string, name: string): string {
  const bytes = digest(`${type}/${name}`).subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A number from 0 to `below` - 1 that looks random and depends on the name only. */
export function demoNumber(name: string, below: number): number {
  return digest(name).readUInt32BE(0) % below;
}

function digest(name: string): Buffer {
  return createHash('sha256').update(`lockstep demo shop/${name}`).digest();
}
