import { Injectable } from '@nestjs/common';
import {
  type JobEntity,
  PrimaryReader,
  type RowOf,
  sql,
  UnitOfWork,
  type Transaction,
} from '#libs/database';
import type { JobState } from '../job-state.js';

export interface JobRow extends RowOf<
  JobEntity,
  | 'id'
  | 'name'
  | 'version'
  | 'queue'
  | 'payload_json'
  | 'attempts'
  | 'max_attempts'
  | 'progress_json'
  | 'result_json'
  | 'error_json'
  | 'requested_by'
  | 'request_id'
  | 'cancel_requested'
  | 'available_at'
  | 'created_at'
  | 'started_at'
  | 'finished_at'
  | 'claimed_by'
  | 'claimed_until'
> {
  readonly state: JobState;
}

export interface JobPosition {
  readonly createdAt: number;
  readonly id: string;
}

export interface JobFilter {
  readonly states?: readonly JobState[] | undefined;
  readonly name?: string | undefined;
  readonly requestedBy?: string | undefined;
}

const COLUMNS = sql`id, name, version, queue, payload_json, state, attempts, max_attempts, progress_json, result_json, error_json, requested_by, request_id, cancel_requested, available_at, created_at, started_at, finished_at, claimed_by, claimed_until`;

/** Jobs as staff see and change them. */
@Injectable()
export class JobRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PrimaryReader,
  ) {}

  async find(id: string): Promise<JobRow | undefined> {
    const rows = await this.reader.query<JobRow>(sql`
      SELECT ${COLUMNS}
      FROM job
      WHERE id = ${id}`);
    return rows[0];
  }

  /** Newest first, after `position` when given. */
  list(filter: JobFilter, position: JobPosition | undefined, limit: number): Promise<JobRow[]> {
    const conditions = [sql.behind(sql`created_at`, sql`id`, position)];
    if (filter.states !== undefined) conditions.push(sql`state IN ${sql.in(filter.states)}`);
    if (filter.name !== undefined) conditions.push(sql`name = ${filter.name}`);
    if (filter.requestedBy !== undefined) {
      conditions.push(sql`requested_by = ${filter.requestedBy}`);
    }
    return this.reader.query<JobRow>(
      sql`SELECT ${COLUMNS}
          FROM job
          WHERE ${sql.join(conditions, ' AND ')}
          ORDER BY created_at DESC, id DESC ${sql.limit(limit)}`,
    );
  }

  /** The row, held until the unit of work ends: by a write, because lock hints are only advice to some servers. */
  async lock(tx: Transaction, id: string): Promise<JobRow | undefined> {
    await tx.execute(sql`
      UPDATE job
      SET run_token = run_token
      WHERE id = ${id}`);
    const rows = await tx.query<JobRow>(sql`
      SELECT ${COLUMNS}
      FROM job
      WHERE id = ${id}`);
    return rows[0];
  }

  async requestCancel(tx: Transaction, id: string): Promise<void> {
    await tx.execute(sql`
      UPDATE job
      SET cancel_requested = 1
      WHERE id = ${id}`);
  }

  /** Raises the token, so that a run that is only asleep changes nothing when it wakes up. */
  async fence(tx: Transaction, id: string): Promise<void> {
    await tx.execute(sql`
      UPDATE job
      SET run_token = run_token + 1
      WHERE id = ${id}`);
  }

  /** Fresh attempts; steps that were done stay done. */
  async makePending(tx: Transaction, id: string, now: number): Promise<void> {
    await tx.execute(
      sql`UPDATE job
          SET state = 'pending', attempts = 0, cancel_requested = 0, error_json = NULL,
            result_json = NULL, available_at = ${now}, finished_at = NULL, started_at = NULL,
            claimed_by = NULL, claimed_until = NULL, run_token = run_token + 1
          WHERE id = ${id}`,
    );
  }

  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(work);
  }
}
