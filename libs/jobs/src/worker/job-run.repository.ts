import { Injectable } from '@nestjs/common';
import {
  type JobEntity,
  likePrefix,
  PrimaryReader,
  type RowOf,
  sql,
  UnitOfWork,
  type Transaction,
  type InboxEntity,
} from '#libs/database';
import type { JsonObject } from '#libs/kernel';
import { describeFailure, type JobFailure } from '../job-failure.js';
import { recordOutcome, type JobOutcome } from '../job-outcome.js';
import type { JobState } from '../job-state.js';
import { jobsErrors } from '../jobs.errors.js';

export interface RunRow extends RowOf<
  JobEntity,
  | 'id'
  | 'name'
  | 'queue'
  | 'payload_json'
  | 'attempts'
  | 'max_attempts'
  | 'run_token'
  | 'progress_json'
  | 'requested_by'
  | 'request_id'
  | 'traceparent'
  | 'cancel_requested'
  | 'available_at'
  | 'claimed_until'
> {
  readonly state: JobState;
}

/** What a worker may do with a job that was delivered to it. */
export type Start =
  | { readonly kind: 'started'; readonly job: RunRow }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'finished'; readonly state: JobState }
  | { readonly kind: 'ended'; readonly name: string; readonly state: 'dead' | 'cancelled' }
  | { readonly kind: 'not-yet'; readonly at: number };

/** A delayed delivery may come this much early: the clocks of replicas differ a little. */
const EARLY_MS = 50;
/** Begins with a colon, which steps of handlers cannot. */
const FINISH_STEP = ':finished';
/** Jobs are kept going on connections that their own work cannot take. */
const UPKEEP = { part: 'upkeep' } as const;
const FOR_UPDATE = sql.byDialect({ sqlite: sql.empty, mssql: sql` WITH (UPDLOCK, ROWLOCK)` });
const COLUMNS = sql`id, name, queue, payload_json, state, attempts, max_attempts, run_token, progress_json, requested_by, request_id, traceparent, cancel_requested, available_at, claimed_until`;

/** How a run appears in SQL. Every change but the start demands that the run still owns its job. */
@Injectable()
export class JobRunRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PrimaryReader,
  ) {}

  /**
   * Takes the job: counts the attempt and raises the run token, which fences every earlier run. A
   * job whose lease is alive is not taken; one whose workers were lost in every attempt dies here.
   */
  start(id: string, owner: string, now: number, leaseUntil: number): Promise<Start> {
    return this.unitOfWork.run(async (tx): Promise<Start> => {
      const rows = await tx.query<RunRow>(
        sql`
          SELECT ${COLUMNS}
          FROM job${FOR_UPDATE}
          WHERE id = ${id}`,
      );
      const job = rows[0];
      if (job === undefined) return { kind: 'unknown' };
      if (job.state === 'completed' || job.state === 'dead' || job.state === 'cancelled') {
        return { kind: 'finished', state: job.state };
      }
      if (job.state === 'active' && (job.claimed_until ?? 0) > now) {
        return { kind: 'not-yet', at: job.claimed_until ?? now };
      }
      if (job.available_at > now + EARLY_MS) return { kind: 'not-yet', at: job.available_at };
      if (job.cancel_requested !== 0) return end(tx, job, { state: 'cancelled', at: now });
      if (job.attempts >= job.max_attempts) {
        const failure = describeFailure(jobsErrors.crashed(), job.attempts, now);
        return end(tx, job, { state: 'dead', at: now, failure });
      }
      const attempts = job.attempts + 1;
      const run_token = job.run_token + 1;
      const taken = await tx.execute(sql`
        UPDATE job
        SET state = 'active', attempts = ${attempts}, run_token = ${run_token},
            started_at = COALESCE(started_at, ${now}), checked_at = ${now},
            claimed_by = ${owner}, claimed_until = ${leaseUntil}
        WHERE id = ${id} AND state = ${job.state} AND run_token = ${job.run_token}`);
      // Another replica was faster: the delivery finds out later how that ended.
      if (taken === 0) return { kind: 'not-yet', at: leaseUntil };
      return { kind: 'started', job: { ...job, state: 'active', attempts, run_token } };
    }, UPKEEP);
  }

  /** Throws `jobs.lease-lost` or `jobs.cancelled` unless the run still owns its job. */
  async assertOwner(tx: Transaction, run: RunRow): Promise<void> {
    if (!(await this.hold(tx, run))) throw jobsErrors.leaseLost();
    const rows = await tx.query<Pick<RunRow, 'cancel_requested'>>(
      sql`
        SELECT cancel_requested
        FROM job
        WHERE id = ${run.id}`,
    );
    if (rows[0]?.cancel_requested !== 0) throw jobsErrors.cancelled();
  }

  /** Notes a step. Answers false when it was done before. */
  async tryNoteStep(tx: Transaction, jobId: string, step: string, now: number): Promise<boolean> {
    const done = await tx.query<RowOf<InboxEntity, 'step'>>(
      sql`
        SELECT step
        FROM inbox
        WHERE job_id = ${jobId} AND step = ${step}`,
    );
    if (done.length > 0) return false;
    await tx.execute(sql.insert('inbox', [{ job_id: jobId, step, done_at: now }]));
    return true;
  }

  async findLastStep(jobId: string, prefix: string): Promise<string | undefined> {
    const rows = await this.reader.query<RowOf<InboxEntity, 'step'>>(
      sql`SELECT step
          FROM inbox
          WHERE job_id = ${jobId} AND step LIKE ${likePrefix(prefix)} ESCAPE '\\'
            AND step NOT LIKE ':%'
          ORDER BY step DESC ${sql.limit(1)}`,
      UPKEEP,
    );
    return rows[0]?.step;
  }

  /** Completes the job within the transaction of its last effects. */
  async complete(tx: Transaction, run: RunRow, outcome: JobOutcome): Promise<void> {
    // A job that was retried by hand may have finished before: the note is per run.
    await this.tryNoteStep(tx, run.id, `${FINISH_STEP}.${run.run_token}`, outcome.at);
    await recordOutcome(tx, run, outcome);
  }

  /** Ends the job as dead or cancelled. Answers false when another run has taken over. */
  tryEnd(run: RunRow, outcome: JobOutcome): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.hold(tx, run))) return false;
      await recordOutcome(tx, run, outcome);
      return true;
    }, UPKEEP);
  }

  /** Leaves the job to a later attempt. Answers false when another run has taken over. */
  tryReschedule(
    run: RunRow,
    at: number,
    now: number,
    failure: JobFailure | undefined,
    progress: JsonObject | undefined,
  ): Promise<boolean> {
    // Without a failure the run was interrupted, and the attempt does not count.
    const attempts = failure === undefined ? run.attempts - 1 : run.attempts;
    const errorJson = failure === undefined ? null : JSON.stringify(failure);
    const progressJson = progress === undefined ? null : JSON.stringify(progress);
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.hold(tx, run))) return false;
      await tx.execute(
        sql`UPDATE job
            SET state = 'dispatched', attempts = ${attempts}, available_at = ${at},
              checked_at = ${now}, claimed_by = NULL, claimed_until = NULL,
              error_json = COALESCE(${errorJson}, error_json),
              progress_json = COALESCE(${progressJson}, progress_json)
            WHERE id = ${run.id}`,
      );
      return true;
    }, UPKEEP);
  }

  storeProgress(run: RunRow, progress: JsonObject): Promise<number> {
    return this.unitOfWork.run(
      (tx) =>
        tx.execute(
          sql`UPDATE job SET progress_json = ${JSON.stringify(progress)}
              WHERE id = ${run.id} AND run_token = ${run.run_token} AND state = 'active'`,
        ),
      UPKEEP,
    );
  }

  /** How the given jobs are now; those under way are looked at by the monitor. */
  watch(
    ids: readonly string[],
  ): Promise<Pick<RunRow, 'id' | 'state' | 'run_token' | 'cancel_requested'>[]> {
    return this.reader.query(
      sql`
        SELECT id, state, run_token, cancel_requested
        FROM job
        WHERE id IN ${sql.in(ids)}`,
      UPKEEP,
    );
  }

  /** Leases of runs that no longer own their job stay as they are. */
  async renewLeases(runs: readonly RunRow[], until: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      for (const run of runs) {
        await tx.execute(
          sql`UPDATE job SET claimed_until = ${until}
              WHERE id = ${run.id} AND run_token = ${run.run_token} AND state = 'active'`,
        );
      }
    }, UPKEEP);
  }

  /**
   * Answers whether the run owns its job, and if so keeps the row until `tx` ends. A write does that
   * on every server; lock hints are only advice to some.
   */
  private async hold(tx: Transaction, run: RunRow): Promise<boolean> {
    const held = await tx.execute(sql`
      UPDATE job
      SET run_token = run_token
      WHERE id = ${run.id} AND run_token = ${run.run_token} AND state = 'active'`);
    return held > 0;
  }
}

async function end(
  tx: Transaction,
  job: RunRow,
  outcome: JobOutcome & { readonly state: 'dead' | 'cancelled' },
): Promise<Start> {
  await recordOutcome(tx, job, outcome);
  return { kind: 'ended', name: job.name, state: outcome.state };
}
