import type { PackedSegment } from '../../model/file/packed-segment.js';

export interface MergeRequest {
  readonly id: number;
  /** Their buffers are handed over. */
  readonly sources: readonly PackedSegment[];
  /** Codes. */
  readonly languages: readonly string[];
}

/** The merged segment, or what went wrong. */
export type MergeReply =
  | { readonly id: number; readonly merged: PackedSegment }
  | { readonly id: number; readonly message: string };
