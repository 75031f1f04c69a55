/** An uploaded product file and how far its import is. */
export interface ImportFile {
  readonly id: string;
  readonly storeId: string;
  readonly storeCode: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Hex, of the bytes as they were uploaded. */
  readonly sha256: string;
  /** What the prices of the file are in. */
  readonly currency: string;
  /** What language its texts are in. */
  readonly locale: string;
  /** Everything is checked and reported, nothing is stored. */
  readonly isDryRun: boolean;
  /** Absent while the upload is under way. */
  readonly jobId: string | undefined;
  readonly createdBy: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly progress: ImportProgress;
}

export interface ImportProgress {
  /** Products before this one in the file are done. */
  readonly nextOrdinal: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Products that were left out. */
  readonly rejected: number;
  /** Lines of the report; a rejected product may have several. */
  readonly issues: number;
}

/** One reason why a product, or the rest of the file, was left out. */
export interface ImportIssue {
  readonly line: number;
  readonly handle: string | undefined;
  readonly column: string | undefined;
  readonly code: string;
  readonly message: string;
}
