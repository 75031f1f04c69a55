import { isAbsolute } from 'node:path';
import type { ConfigKey } from '../config-key.js';
import { byteSize, parsedText } from '../values/value-schemas.js';

/** A relative one would depend on where the replica was started. */
function requireAbsolute(text: string): string {
  if (!isAbsolute(text)) throw new Error(`must be an absolute path, not "${text}"`);
  return text;
}

export const searchKeys = {
  SEARCH_INDEX_FOLDER: {
    section: 'search',
    doc: 'Commerce only: absolute path of a folder in which a replica keeps its index of each store (about its size in memory), so that its next start loads only what has changed since. Replicas may share it; it must outlive the process. One that cannot be written costs a warning.',
    schema: parsedText(requireAbsolute),
    optional: 'nothing is kept, and every start loads all products',
    example: '/var/lib/lockstep/search',
  },
  SEARCH_INDEX_MAX_BYTES: {
    section: 'search',
    doc: 'Memory for the indexes of all stores of one replica together; a product takes 300 to 500 bytes. While a store is loaded anew its old index is there too. A store whose products do not fit has no lists and searches (503 `search.index-too-large`); what has been loaded may grow by a quarter beyond it.',
    unit: 'bytes, or KiB, MiB, GiB',
    schema: byteSize(1024, 64 * 1024 ** 3),
    default: '128MiB',
  },
} as const satisfies Record<string, ConfigKey>;
