import type { ConfigValues } from '../config-table.js';

/** Search in the memory of a replica. */
export class SearchConfig {
  /** Where indexes are kept for the next start; undefined: nowhere. */
  readonly indexFolder: string | undefined;

  constructor(values: ConfigValues) {
    this.indexFolder = values.SEARCH_INDEX_FOLDER;
  }
}
