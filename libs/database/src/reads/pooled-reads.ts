import type { DataSource } from 'typeorm';
import { cancelledBy } from '../mssql/mssql-driver.js';
import { rowsOf } from '../sql-session.js';
import type { RenderedSql } from '../sql.js';
import type { OpenReadSource, ReadOptions } from './read-source.js';

/** Reads of SQL Server, each on a connection of a pool; one whose caller is gone is cancelled on the server. Closing them closes the data source. */
export class PooledReads implements OpenReadSource {
  constructor(private readonly dataSource: DataSource) {}

  async read(statement: RenderedSql, { signal }: ReadOptions = {}): Promise<object[]> {
    signal?.throwIfAborted();
    const runner = this.dataSource.createQueryRunner();
    try {
      if (signal === undefined) return await rowsOf(runner, statement);
      return await cancelledBy(signal, () => rowsOf(runner, statement));
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      await runner.release();
    }
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
