import { Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { delay } from '#libs/kernel';
import { databaseErrors } from './database.errors.js';
import { isTransient, isUnreachable, type Dialect } from './dialect.js';
import { SqlSession } from './sql-session.js';
import type { SqlStatement } from './sql.js';

const MAX_ATTEMPTS = 5;
const RETRY_MS = 20;

/**
 * Committed reads outside a unit of work. On SQLite they use a read-only connection of their own,
 * so they never see, and never end up inside, a transaction under way.
 *
 * In a site with its own copy of the database they read that copy, which lags behind what is written:
 * whoever cannot do with that takes a `PrimaryReader`.
 *
 * Throws `database.unavailable` when the database cannot be reached, and `database.copy-not-ready`.
 */
@Injectable()
export class SqlReader {
  constructor(
    private readonly source: Pick<DataSource, 'createQueryRunner'>,
    readonly dialect: Dialect,
  ) {}

  async query<Row extends object>(statement: SqlStatement): Promise<Row[]> {
    for (let attempt = 1; ; attempt += 1) {
      const runner = this.source.createQueryRunner();
      try {
        return await new SqlSession(runner, this.dialect).query<Row>(statement);
      } catch (error) {
        if (attempt < MAX_ATTEMPTS && isTransient(this.dialect, error)) {
          await delay(Math.random() * RETRY_MS * attempt);
          continue;
        }
        throw isUnreachable(error)
          ? databaseErrors.unavailable({ cause: error, retryAfterSeconds: 2 })
          : error;
      } finally {
        await runner.release();
      }
    }
  }
}
