import type { SqlParameter } from '../sql/sql.js';

/** What a thread is started with. */
export interface ReadThreadData {
  readonly file: string;
  /** A larger answer fails: where memory runs out inside the driver, the whole process ends. */
  readonly maxAnswerBytes: number;
}

/** The first that a thread says: the driver is loaded. */
export const LOADED = 'loaded';

/** Statements that a thread runs one after the other, and answers together. */
export type ReadBatch = readonly (readonly [text: string, parameters: readonly SqlParameter[]])[];

export type ReadOutcome = RowsOutcome | FailedOutcome;

/** The values of all rows in one list: copying it costs a fraction of copying an object per row. */
export interface RowsOutcome {
  readonly columns: readonly string[];
  readonly values: readonly unknown[];
  /** Of the processor: on a busy machine, what a query takes says little about the query. */
  readonly cpuMs: number;
}

export interface FailedOutcome {
  /** Of the database, or `TOO_LARGE`. */
  readonly code: string | undefined;
  readonly message: string;
}
