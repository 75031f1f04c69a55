import type { QueryRunner } from 'typeorm';

/** A transaction on a connection that no other unit of work uses meanwhile. */
export interface WriteTransaction {
  readonly runner: QueryRunner;
  /** Resolves only when the database has said that it committed; then the connection is clean. */
  commit(): Promise<void>;
  /**
   * Ends it without an effect and never rejects. Afterwards the connection is proven clean, or thrown
   * away; statements that are still sent through the runner are refused.
   */
  abandon(cause: unknown): Promise<void>;
  /** Milliseconds that statements have taken so far, one under way included. */
  readonly statementMs: number;
}

/** Opens transactions for units of work; everything that dialects do differently about that. */
export interface WriteConnection {
  /**
   * On SQLite the transaction holds the write lock already. Rejects with the driver's error and leaves
   * nothing open.
   */
  begin(boundMs: number): Promise<WriteTransaction>;
}
