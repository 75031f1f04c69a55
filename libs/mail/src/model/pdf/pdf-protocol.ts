import type { LetterBlock } from '../letter.js';

/** A document as the thread that draws it gets it; plain values only. */
export interface PdfSheet {
  readonly title: string;
  readonly language: string;
  /** Epoch milliseconds; the file tells it, so it is that of the document and not of the moment. */
  readonly createdAt: number;
  readonly blocks: readonly LetterBlock[];
  /** At the foot of each page. */
  readonly footerLines: readonly string[];
  /** Stands below when there was a character that the font does not have. */
  readonly uncovered: string;
}

export interface PdfRequest {
  readonly id: number;
  readonly sheet: PdfSheet;
}

/** The bytes, or why there are none. */
export type PdfReply =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly message: string };
