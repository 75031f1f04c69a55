import type { RenderedSql } from '../sql/sql.js';

export interface ReadOptions {
  /** Its caller is gone: a read that waits is never sent; one under way is cancelled on SQL Server, and not waited for on SQLite. */
  readonly signal?: AbortSignal | undefined;
  /** On SQL Server `upkeep` has connections of its own; on SQLite all reads share the threads. */
  readonly part?: 'work' | 'upkeep' | undefined;
}

/** Where committed reads outside a unit of work are answered. Errors carry the driver's code or number. */
export interface ReadSource {
  /** The SQLite file that it reads, for a thread that reads by itself; undefined when it is a server, or a file that may be exchanged. */
  readonly file?: string;
  read(statement: RenderedSql, options?: ReadOptions): Promise<object[]>;
}

/** One that was opened and has to be closed. */
export interface OpenReadSource extends ReadSource {
  close(): Promise<void>;
}
