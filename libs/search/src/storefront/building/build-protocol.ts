import type { PackedSegment } from '../../model/file/packed-segment.js';
import type { FlatProducts } from '../../model/index/flat-products.js';

/** What a thread is started with: the codes of the languages of the products. */
export interface BuildThreadData {
  readonly languages: readonly string[];
}

/** Products to take in, or that there are no more. */
export type BuildRequest = FlatProducts | 'finish';

/** For each page the bytes of what has been made, and the segments at the end. */
export type BuildReply = number | readonly PackedSegment[];
