import { Injectable } from '@nestjs/common';
import { PRUNE_BATCH } from '../sql/delete-batch.js';
import { sql, type SqlStatement } from '../sql/sql.js';
import type { SqlQueries } from '../sql/sql-queries.js';
import type { SqlReader } from '../reads/sql-reader.js';
import type { Transaction } from '../unit-of-work/transaction.js';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.js';
import type { InvalidationLogEntity } from '../tables/invalidation-log.entity.js';
import type { OuterRowOf, RowOf } from '../sql/row-of.js';

export interface LogRecord {
  readonly position: number;
  readonly tags: readonly string[];
  /** By the clock of the writer, in epoch milliseconds. */
  readonly committedAt: number;
}

export interface LogExcerpt {
  /** Ascending by position. */
  readonly records: readonly LogRecord[];
  /** Rows up to this position were pruned; 0 when none were. */
  readonly prunedTo: number;
  /** Highest position the log holds; `prunedTo` when it is empty. */
  readonly last: number;
}

type LogRow = RowOf<InvalidationLogEntity, 'position' | 'tags_json' | 'committed_at'>;
type Bounds = Pick<LogExcerpt, 'prunedTo' | 'last'>;

interface BoundsRow {
  readonly pruned_to: number | null;
  readonly last: number | null;
}
/** Of the first row everything but the bounds is null when there are no rows. */
type BoundedLogRow = BoundsRow &
  OuterRowOf<InvalidationLogEntity, 'position' | 'tags_json' | 'committed_at'>;

/**
 * Passes over rows of transactions under way. READCOMMITTEDLOCK stands beside READPAST, because SQL Server
 * refuses that alone while READ_COMMITTED_SNAPSHOT is on.
 */
const COMMITTED_ONLY = sql.byDialect({
  sqlite: sql.empty,
  mssql: sql` WITH (READPAST, READCOMMITTEDLOCK)`,
});

const BOUNDS = sql`
  SELECT (SELECT position FROM invalidation_log_floor${COMMITTED_ONLY} WHERE id = 1) AS pruned_to,
    (SELECT MAX(position) FROM invalidation_log${COMMITTED_ONLY}) AS last`;

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
    if (this.reader.dialect === 'sqlite') return this.readAtOnce(position, limit);
    const rows = await this.reader.query<LogRow>(rowsAfter(position, limit));
    const records = rows.map(recordOf);
    // Asked afterwards, so that rows pruned meanwhile show as pruned instead of going unnoticed.
    return { records, ...(await this.bounds()) };
  }

  /** The last row that committed at or before `position` and is there; undefined when none is. */
  async newestUpTo(position: number): Promise<LogRecord | undefined> {
    const rows = await this.reader.query<LogRow>(
      sql`
        SELECT position, tags_json, committed_at
        FROM invalidation_log${COMMITTED_ONLY}
        WHERE position <= ${position}
        ORDER BY position DESC
        ${sql.limit(1)}`,
    );
    return rows.map(recordOf)[0];
  }

  /**
   * What committed after `position`, at most `limit` rows, as a unit of work sees it, and how far the
   * log was pruned when that is past `position`; 0 otherwise.
   */
  async readWithin(
    tx: Transaction,
    position: number,
    limit: number,
  ): Promise<Pick<LogExcerpt, 'records' | 'prunedTo'>> {
    const rows = await tx.query<LogRow>(
      sql`
        SELECT position, tags_json, committed_at
        FROM invalidation_log${COMMITTED_ONLY}
        WHERE position > ${position}
        ORDER BY position
        ${sql.limit(limit)}`,
    );
    const records = rows.map(recordOf);
    const [first] = records;
    // The newest row is never pruned: without a gap in front, or without rows, nothing is missing.
    if (first === undefined || first.position === position + 1) return { records, prunedTo: 0 };
    const prunedTo = (await this.bounds(tx)).prunedTo;
    return { records, prunedTo: prunedTo > position ? prunedTo : 0 };
  }

  /**
   * How far the log was pruned, and its highest position. Does not wait for pruning under way: until
   * that commits nothing is gone, and 0 says so; the newest row, which is never pruned, is there.
   */
  async bounds(queries: SqlQueries = this.reader): Promise<Bounds> {
    const rows = await queries.query<BoundsRow>(BOUNDS);
    return boundsOf(rows[0]);
  }

  /**
   * A position below which no transaction can still be under way: the last one that committed more
   * than `settleMs` before the newest. `settleMs` must cover the longest transaction and the
   * difference between the clocks of the writers.
   */
  async settledPosition(settleMs: number): Promise<number> {
    const { prunedTo } = await this.bounds();
    const rows = await this.reader.query<{ settled: number }>(
      sql`SELECT COALESCE(MAX(position), 0) AS settled
          FROM invalidation_log
          WHERE committed_at < (SELECT MAX(committed_at) FROM invalidation_log) - ${settleMs}`,
    );
    return Math.max(rows[0]?.settled ?? 0, prunedTo);
  }

  /**
   * One statement of SQLite sees one state of the log. Following goes to a thread for each statement, and a change is
   * shown only after two follows: so each trip less is one less that may wait for a processor.
   */
  private async readAtOnce(position: number, limit: number): Promise<LogExcerpt> {
    const rows = await this.reader.query<BoundedLogRow>(
      sql`SELECT l.position, l.tags_json, l.committed_at, b.pruned_to, b.last
          FROM (${BOUNDS}) b
          LEFT JOIN (${rowsAfter(position, limit)}) l ON 1 = 1
          ORDER BY l.position`,
    );
    const records = rows.filter((row) => isLogRow(row)).map(recordOf);
    return { records, ...boundsOf(rows[0]) };
  }

  /**
   * Removes a batch of the oldest rows committed before `committedBefore` (epoch ms), but never the
   * newest row, and notes how far. Resolves with the number of rows removed; 0 when none are left.
   */
  async prune(committedBefore: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const rows = await tx.query<{ position: number | null }>(
        sql`
          SELECT MAX(position) AS position
          FROM (
            SELECT position
            FROM invalidation_log
            WHERE position <= (
              SELECT MAX(position)
              FROM invalidation_log
              WHERE committed_at < ${committedBefore}
              AND position < (SELECT MAX(position) FROM invalidation_log)
            )
            ORDER BY position
            ${sql.limit(PRUNE_BATCH)}
          ) oldest`,
      );
      const prunedTo = rows[0]?.position ?? null;
      if (prunedTo === null) return 0;
      await tx.execute(
        sql`UPDATE invalidation_log_floor SET position = ${prunedTo}
            WHERE id = 1 AND position < ${prunedTo}`,
      );
      return tx.execute(sql`DELETE FROM invalidation_log WHERE position <= ${prunedTo}`);
    });
  }
}

function rowsAfter(position: number, limit: number): SqlStatement {
  return sql`SELECT position, tags_json, committed_at
             FROM invalidation_log${COMMITTED_ONLY}
             WHERE position > ${position}
             ORDER BY position ${sql.limit(limit)}`;
}

function isLogRow(row: BoundedLogRow): row is BoundsRow & LogRow {
  return row.position !== null;
}

function boundsOf(row: BoundsRow | undefined): Bounds {
  const prunedTo = row?.pruned_to ?? 0;
  return { prunedTo, last: row?.last ?? prunedTo };
}

function recordOf(row: LogRow): LogRecord {
  return {
    position: row.position,
    tags: JSON.parse(row.tags_json) as string[],
    committedAt: row.committed_at,
  };
}
