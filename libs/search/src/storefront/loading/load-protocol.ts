import type { ProductRange } from '#libs/catalog';
import type { SourceStore } from '../following/index-source.js';

/** What a thread is started with: of what it makes an index, and in which languages. */
export interface LoadThreadData {
  /** The SQLite file that has the products. */
  readonly file: string;
  readonly store: SourceStore;
  readonly range: ProductRange;
  /** Their codes. */
  readonly languages: readonly string[];
}

/** To read the next page, and to finish after the last one. */
export type LoadRequest = 'go on';
