import type { ConfigValues } from '../config-table.js';

/** Search in the memory of a replica. */
export class SearchConfig {
  /** Where indexes are kept for the next start; undefined: nowhere. */
  readonly indexFolder: string | undefined;
  /** What the indexes of all stores may take together. */
  readonly indexMaxBytes: number;

  constructor(values: ConfigValues) {
    this.indexFolder = values.SEARCH_INDEX_FOLDER;
    this.indexMaxBytes = values.SEARCH_INDEX_MAX_BYTES;
  }
}
