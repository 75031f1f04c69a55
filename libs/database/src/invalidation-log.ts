import { Injectable } from '@nestjs/common';
import { sql } from './sql.js';
import type { SqlReader } from './sql-reader.js';
import type { UnitOfWork } from './unit-of-work.js';

export interface LogRecord {
  readonly position: number;
  readonly tags: readonly string[];
}

export interface LogExcerpt {
  /** Ascending by position. */
  readonly records: readonly LogRecord[];
  /** Lowest and highest position the log holds; 0 when it is empty. */
  readonly first: number;
  readonly last: number;
}

interface LogRow {
  readonly position: number;
  readonly tags_json: string;
}

/** The append-only order of truth for caches: one row per unit of work that invalidated something. */
@Injectable()
export class InvalidationLog {
  constructor(
    private readonly reader: SqlReader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * What committed after `position`, at most `limit` rows. Rows of transactions under way are left
   * out, never waited for (READPAST on SQL Server); their positions show as holes.
   */
  async readAfter(position: number, limit: number): Promise<LogExcerpt> {
    const hint = sql.byDialect({ sqlite: sql.empty, mssql: sql` WITH (READPAST)` });
    const bounds = await this.bounds();
    const rows = await this.reader.query<LogRow>(
      sql`SELECT position, tags_json FROM invalidation_log${hint} WHERE position > ${position} ORDER BY position ${sql.limit(limit)}`,
    );
    const records = rows.map((row) => ({
      position: row.position,
      tags: JSON.parse(row.tags_json) as string[],
    }));
    return { records, ...bounds };
  }

  async bounds(): Promise<{ first: number; last: number }> {
    const hint = sql.byDialect({ sqlite: sql.empty, mssql: sql` WITH (READPAST)` });
    const rows = await this.reader.query<{ first_position: number; last_position: number }>(
      sql`SELECT COALESCE((SELECT MIN(position) FROM invalidation_log${hint}), 0) AS first_position, COALESCE((SELECT MAX(position) FROM invalidation_log${hint}), 0) AS last_position`,
    );
    return { first: rows[0]?.first_position ?? 0, last: rows[0]?.last_position ?? 0 };
  }

  /**
   * A position below which no transaction can still be under way: the last one that committed more
   * than `settleMs` before the newest. `settleMs` must cover the longest transaction and the
   * difference between the clocks of the writers.
   */
  async settledPosition(settleMs: number): Promise<number> {
    const { first } = await this.bounds();
    const rows = await this.reader.query<{ settled: number }>(
      sql`SELECT COALESCE(MAX(position), 0) AS settled FROM invalidation_log WHERE committed_at < (SELECT MAX(committed_at) FROM invalidation_log) - ${settleMs}`,
    );
    return Math.max(rows[0]?.settled ?? 0, first - 1);
  }

  /** Removes rows committed before `committedBefore` (epoch ms), but never the newest one. */
  async prune(committedBefore: number): Promise<number> {
    return this.unitOfWork.run((tx) =>
      tx.execute(
        sql`DELETE FROM invalidation_log WHERE committed_at < ${committedBefore} AND position < (SELECT MAX(position) FROM invalidation_log)`,
      ),
    );
  }
}
