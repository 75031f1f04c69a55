import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  type JobEntity,
  MAX_PARAMETERS,
  PrimaryReader,
  type RowOf,
  sql,
  UnitOfWork,
  type SqlStatement,
} from '#libs/database';

export type OutboxRow = RowOf<
  JobEntity,
  'id' | 'name' | 'queue' | 'traceparent' | 'created_at' | 'available_at' | 'dispatched_at'
>;

export type OutboxDepth = RowOf<JobEntity, 'queue' | 'state'> & {
  readonly jobs: number;
  readonly oldest_available_at: number;
};

const ID_CHUNK = MAX_PARAMETERS - 10;
/** Jobs are kept going on connections that their own work cannot take. */
const UPKEEP = { part: 'upkeep' } as const;

/** The rows of the outbox that wait for Redis or that Redis has been given. */
@Injectable()
export class OutboxRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PrimaryReader,
  ) {}

  /** A read: an idle replica must not write to SQL every second. */
  async hasDue(now: number): Promise<boolean> {
    const rows = await this.reader.query<RowOf<JobEntity, 'id'>>(
      sql`
        SELECT id
        FROM job
        WHERE ${isDue(now)}
        ORDER BY available_at, id
        ${sql.limit(1)}`,
      UPKEEP,
    );
    return rows.length > 0;
  }

  /** Takes due rows for `owner`; no other owner gets them before `until`. Oldest first. */
  claimDue(owner: string, now: number, until: number, limit: number): Promise<OutboxRow[]> {
    return this.claim(
      isDue(now),
      sql`claimed_by = ${owner}, claimed_until = ${until}`,
      sql`available_at, id`,
      limit,
    );
  }

  /** Redis has the jobs. Rows that a worker has started meanwhile are left alone. */
  async markDispatched(ids: readonly string[], owner: string, now: number): Promise<void> {
    await this.updateEach(
      ids,
      (chunk) =>
        sql`UPDATE job
            SET state = 'dispatched', dispatched_at = ${now}, checked_at = ${now}, claimed_by = NULL,
              claimed_until = NULL
            WHERE id IN ${sql.in(chunk)} AND state = 'pending' AND claimed_by = ${owner}`,
    );
  }

  /** Gives claimed rows back at once. */
  async release(ids: readonly string[], owner: string): Promise<void> {
    await this.updateEach(
      ids,
      (chunk) =>
        sql`UPDATE job SET claimed_by = NULL, claimed_until = NULL
            WHERE id IN ${sql.in(chunk)} AND state = 'pending' AND claimed_by = ${owner}`,
    );
  }

  async hasUnchecked(checkedBefore: number, now: number): Promise<boolean> {
    const rows = await this.reader.query<RowOf<JobEntity, 'id'>>(
      sql`SELECT id
          FROM job
          WHERE ${isUnchecked(checkedBefore, now)}
          ORDER BY checked_at, id ${sql.limit(1)}`,
      UPKEEP,
    );
    return rows.length > 0;
  }

  /**
   * Takes rows that Redis was given and that were last compared with it before `checkedBefore`.
   * Taking them moves them to the end of the line, so replicas share the work.
   */
  claimUnchecked(checkedBefore: number, now: number, limit: number): Promise<OutboxRow[]> {
    return this.claim(
      isUnchecked(checkedBefore, now),
      sql`checked_at = ${now}`,
      sql`checked_at, id`,
      limit,
    );
  }

  /** How many rows wait, and since when, for metrics. */
  depth(): Promise<OutboxDepth[]> {
    return this.reader.query<OutboxDepth>(
      sql`SELECT queue, state, COUNT(*) AS jobs, MIN(available_at) AS oldest_available_at
          FROM job
          WHERE state IN ('pending', 'dispatched', 'active')
          GROUP BY queue, state`,
      UPKEEP,
    );
  }

  /** How many jobs are due and not finished, and since when the oldest of those that wait. */
  async backlog(now: number): Promise<{ readonly due: number; readonly oldest: number | null }> {
    const [row] = await this.reader.query<{ due: number; oldest: number | null }>(
      sql`
        SELECT COUNT(*) AS due,
               MIN(CASE WHEN state = 'active' THEN NULL ELSE available_at END) AS oldest
        FROM job
        WHERE state IN ('pending', 'dispatched', 'active') AND available_at <= ${now}`,
      UPKEEP,
    );
    return { due: row?.due ?? 0, oldest: row?.oldest ?? null };
  }

  /**
   * One conditional UPDATE on both dialects: the condition is checked again on the row that is
   * changed, so two replicas that chose the same rows share them out. Where the server can, READPAST
   * lets the choice leave out rows that another replica is claiming instead of waiting for them;
   * READCOMMITTEDLOCK stands beside it, because SQL Server refuses READPAST alone while READ
   * COMMITTED reads row versions.
   */
  private claim(
    condition: SqlStatement,
    changes: SqlStatement,
    order: SqlStatement,
    limit: number,
  ): Promise<OutboxRow[]> {
    const statement = sql`
      UPDATE job
      SET ${changes}
      ${CLAIM.output}
      WHERE id IN (
        SELECT ${CLAIM.top(limit)} id
        FROM job ${CLAIM.hint}
        WHERE ${condition}
        ORDER BY ${order}
        ${CLAIM.limit(limit)}
      )
      AND ${condition}
      ${CLAIM.returning}`;
    return this.unitOfWork.run((tx) => tx.query<OutboxRow>(statement), UPKEEP);
  }

  private async updateEach(
    ids: readonly string[],
    statement: (chunk: readonly string[]) => SqlStatement,
  ): Promise<void> {
    if (ids.length === 0) return;
    await this.unitOfWork.run(async (tx) => {
      for (const chunk of chunksOf(ids, ID_CHUNK)) await tx.execute(statement(chunk));
    }, UPKEEP);
  }
}

/** The words of a claim that only one of the dialects has. */
const CLAIM = {
  hint: onMssql(sql`WITH (UPDLOCK, READPAST, READCOMMITTEDLOCK, ROWLOCK)`),
  output: onMssql(sql`
    OUTPUT inserted.id, inserted.name, inserted.queue, inserted.traceparent, inserted.created_at,
      inserted.available_at, inserted.dispatched_at`),
  returning: onSqlite(
    sql`RETURNING id, name, queue, traceparent, created_at, available_at, dispatched_at`,
  ),
  top: (limit: number) => onMssql(sql`TOP (${limit})`),
  limit: (limit: number) => onSqlite(sql`LIMIT ${limit}`),
};

function onMssql(words: SqlStatement): SqlStatement {
  return sql.byDialect({ sqlite: sql.empty, mssql: words });
}

function onSqlite(words: SqlStatement): SqlStatement {
  return sql.byDialect({ sqlite: words, mssql: sql.empty });
}

function isDue(now: number): SqlStatement {
  return sql`state = 'pending' AND available_at <= ${now} AND (claimed_until IS NULL OR claimed_until < ${now})`;
}

/** A live lease proves that a worker has the job; a later `available_at` that it waits for a retry. */
function isUnchecked(checkedBefore: number, now: number): SqlStatement {
  return sql`((state = 'dispatched' AND available_at <= ${now}) OR (state = 'active' AND claimed_until < ${now})) AND (checked_at IS NULL OR checked_at < ${checkedBefore})`;
}
