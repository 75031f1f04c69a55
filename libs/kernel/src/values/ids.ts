import { uuidv7 } from 'uuidv7';

/** A new globally unique id (UUID v7, RFC 9562): sortable by creation time, monotonic in a process. */
export function newId(): string {
  return uuidv7();
}
