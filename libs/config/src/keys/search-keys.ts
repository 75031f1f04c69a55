import { isAbsolute } from 'node:path';
import type { ConfigKey } from '../config-key.js';
import { parsedText } from '../values/value-schemas.js';

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
} as const satisfies Record<string, ConfigKey>;
