import type { PortToken } from '../../provide.js';
import type { Invalidation } from '../publishing/wire.js';

export interface LogExcerpt {
  /** Ascending by position. */
  readonly records: readonly Invalidation[];
  /** Rows up to this position were pruned; 0 when none were. */
  readonly prunedTo: number;
  /** Highest position the log holds, asked not before the records were read. */
  readonly last: number;
}

/** The order of truth: every committed invalidation, in a store that shares the data's transactions. */
export interface LogSource {
  /**
   * The log and the data it speaks of are a copy that lags behind the database others write to: an
   * announcement may come before the copy has what it announces. Default: false.
   */
  readonly isCopy?: boolean;
  readAfter(position: number, limit: number): Promise<LogExcerpt>;
  /** A position below which no transaction can still be under way. */
  settledPosition(): Promise<number>;
}

export const LOG_SOURCE: PortToken<LogSource> = Symbol('LogSource');
