import type { DataSource } from 'typeorm';
import { systemClock } from '#libs/kernel';
import { statementKind, type ReadTurns } from '../connections/connection-parts.js';
import { cancelledBy } from '../mssql/mssql-driver.js';
import type { OnStatement } from '../watching/slow-statements.js';
import { rowsOf } from '../sql/sql-session.js';
import type { RenderedSql } from '../sql/sql.js';
import type { OpenReadSource, ReadOptions } from './read-source.js';

/**
 * Reads of SQL Server, each on a connection of a pool that stands behind turns: a read waits at most
 * `waitMs` for its turn (`database.busy`), and as long for a connection that has to be made. One whose
 * caller is gone leaves the line, or is cancelled on the server. Closing them closes the data source.
 */
export class PooledReads implements OpenReadSource {
  constructor(
    private readonly dataSource: DataSource,
    private readonly turns: ReadTurns,
    private readonly waitMs: number,
    private readonly onStatement?: OnStatement,
  ) {}

  async read(statement: RenderedSql, options: ReadOptions = {}): Promise<object[]> {
    const { signal, part = 'work' } = options;
    const endTurn = await this.turns[part].take({
      waitMs: this.waitMs,
      kind: statementKind(statement.text),
      signal,
    });
    try {
      return await this.send(statement, signal);
    } finally {
      endTurn();
    }
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async send(statement: RenderedSql, signal: AbortSignal | undefined): Promise<object[]> {
    const runner = this.dataSource.createQueryRunner();
    const sentAt = systemClock.monotonicMs();
    try {
      if (signal === undefined) return await rowsOf(runner, statement);
      return await cancelledBy(signal, () => rowsOf(runner, statement));
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      this.onStatement?.('read', statement.text, systemClock.monotonicMs() - sentAt);
      await runner.release();
    }
  }
}
