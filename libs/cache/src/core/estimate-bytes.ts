/** What V8 keeps for an object, a property slot, a number and a string header, roughly. */
const OBJECT_BYTES = 32;
const SLOT_BYTES = 16;
const STRING_BYTES = 24;

/** Memory a plain value holds, estimated: right within a small factor, cheap to compute once per store. */
export function estimateBytes(value: unknown): number {
  let bytes = 0;
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const current = pending.pop();
    if (typeof current === 'string') bytes += STRING_BYTES + current.length;
    else if (Buffer.isBuffer(current)) bytes += OBJECT_BYTES + current.byteLength;
    else if (Array.isArray(current)) {
      bytes += OBJECT_BYTES + current.length * SLOT_BYTES;
      for (const item of current) pending.push(item);
    } else if (typeof current === 'object' && current !== null) {
      bytes += OBJECT_BYTES;
      for (const item of Object.values(current)) {
        bytes += SLOT_BYTES;
        pending.push(item);
      }
    } else bytes += SLOT_BYTES / 2;
  }
  return bytes;
}
