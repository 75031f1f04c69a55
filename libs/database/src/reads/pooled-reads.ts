import type { DataSource } from 'typeorm';
import { rowsOf } from '../sql-session.js';
import type { RenderedSql } from '../sql.js';
import type { OpenReadSource, ReadOptions } from './read-source.js';

/** Reads of SQL Server, each on a connection of a pool. Closing them closes the data source. */
export class PooledReads implements OpenReadSource {
  constructor(private readonly dataSource: DataSource) {}

  async read(statement: RenderedSql, { signal }: ReadOptions = {}): Promise<object[]> {
    signal?.throwIfAborted();
    const runner = this.dataSource.createQueryRunner();
    try {
      return await rowsOf(runner, statement);
    } finally {
      await runner.release();
    }
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
