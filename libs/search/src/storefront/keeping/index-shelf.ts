import type { KeptIndex } from '../../model/file/index-file.js';
import type { SourceStore } from '../following/index-source.js';

/** The store that an index is of, with all of it that the index depends on. */
export interface ShelvedStore extends SourceStore {
  readonly code: string;
}

/** Where indexes outlive the process that has made them. Replicas may share it: each puts something whole there. */
export interface IndexShelf {
  /**
   * The index of exactly this store, made by code that makes the same of the same rows; undefined when there is none. Throws
   * `UnusableFile` for one that is damaged, and what the storage throws.
   */
  find(store: ShelvedStore): Promise<KeptIndex | undefined>;
  /** Whether one was put there within the last `ms`. */
  hasYoungerThan(ms: number, store: ShelvedStore): Promise<boolean>;
  /** In the place of the one that is there. Throws what the storage throws, and the reason of the signal. */
  put(store: ShelvedStore, kept: KeptIndex, signal: AbortSignal): Promise<void>;
  /** Nothing happens when there is none. */
  remove(store: ShelvedStore): Promise<void>;
}
