import { Injectable } from '@nestjs/common';
import { OperationalError } from '#libs/kernel';
import type { PastStep, RegisteredMetrics } from '#libs/observability';
import { outboxMetrics } from '../jobs.metrics.js';
import { JobsEnvironment } from '../jobs-environment.js';
import { JobQueues } from './job-queues.js';
import { OutboxRepository, type OutboxRow } from './outbox.repository.js';

const BATCH = 200;

/**
 * Brings rows of the outbox to Redis and checks that they stay there. Knows no contract: any
 * replica hands over any job, and it waits in its queue until a worker with the code comes.
 */
@Injectable()
export class OutboxRelay {
  private readonly metrics: RegisteredMetrics<typeof outboxMetrics>;

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly queues: JobQueues,
    private readonly environment: JobsEnvironment,
  ) {
    this.metrics = environment.metrics.register(outboxMetrics);
  }

  /** Hands every due row to Redis. Stops, with nothing lost, when Redis does not answer. */
  async dispatchDue(): Promise<void> {
    while (await this.outbox.hasDue(this.environment.clock.wallMs())) {
      const now = this.environment.clock.wallMs();
      const rows = await this.outbox.claimDue(
        this.owner,
        now,
        now + this.environment.timing.claimMs,
        BATCH,
      );
      // Others have claimed what was due a moment ago.
      if (rows.length === 0) return;
      await this.handOver(rows);
      if (rows.length < BATCH) return;
    }
  }

  /**
   * Compares rows that were last compared before `checkedBefore` (epoch ms) with Redis: whatever is
   * absent there, or finished there but not in SQL, is handed over again.
   */
  async recheck(checkedBefore: number): Promise<void> {
    while (await this.outbox.hasUnchecked(checkedBefore, this.environment.clock.wallMs())) {
      const rows = await this.outbox.claimUnchecked(
        checkedBefore,
        this.environment.clock.wallMs(),
        BATCH,
      );
      if (rows.length === 0) return;
      let repaired = 0;
      for (const [queue, group] of byQueue(rows)) repaired += await this.repair(queue, group);
      if (repaired > 0) {
        this.metrics.dispatched.inc({ reason: 'lost' }, repaired);
        this.environment.logger.warn(
          { jobs: repaired },
          'jobs were missing in redis and handed over again',
        );
      }
      if (rows.length < BATCH) return;
    }
  }

  private get owner(): string {
    return this.environment.replicaId;
  }

  private async handOver(rows: readonly OutboxRow[]): Promise<void> {
    const done = new Set<string>();
    let failure: Error | undefined;
    for (const [queue, group] of byQueue(rows)) {
      try {
        const ready = await this.withoutRemains(queue, group);
        if (ready.length > 0) await this.queues.add(queue, ready);
        for (const { id } of ready) done.add(id);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        // A damaged queue must not hold up the others; a silent Redis would cost a timeout for each.
        if (isSilence(error)) break;
      }
    }
    const now = this.environment.clock.wallMs();
    await this.outbox.markDispatched([...done], this.owner, now);
    this.observe(rows, done, now);
    const left = rows.filter(({ id }) => !done.has(id)).map(({ id }) => id);
    await this.outbox.release(left, this.owner);
    if (failure !== undefined) throw failure;
  }

  private async repair(queue: string, rows: readonly OutboxRow[]): Promise<number> {
    const states = await this.queues.inspect(
      queue,
      rows.map(({ id }) => id),
    );
    const finished = rows.filter(({ id }) => isFinished(states.get(id)));
    const lost = rows.filter(({ id }) => states.get(id) === 'absent');
    if (finished.length > 0) {
      await this.queues.remove(
        queue,
        finished.map(({ id }) => id),
      );
    }
    const missing = [...finished, ...lost];
    if (missing.length > 0) await this.queues.add(queue, missing);
    return missing.length;
  }

  /**
   * After a manual retry Redis may still keep the earlier delivery, and would ignore a new one: a
   * finished one is removed, one that is about to finish is waited for until the next sweep.
   */
  private async withoutRemains(queue: string, rows: readonly OutboxRow[]): Promise<OutboxRow[]> {
    const again = rows.filter((row) => row.dispatched_at !== null).map(({ id }) => id);
    if (again.length === 0) return [...rows];
    const states = await this.queues.inspect(queue, again);
    const finished = again.filter((id) => isFinished(states.get(id)));
    if (finished.length > 0) await this.queues.remove(queue, finished);
    return rows.filter(({ id }) => states.get(id) !== 'active');
  }

  private observe(rows: readonly OutboxRow[], done: ReadonlySet<string>, now: number): void {
    for (const row of rows) {
      if (!done.has(row.id)) continue;
      this.metrics.dispatched.inc({ reason: 'due' });
      this.metrics.dispatchLatency.observe(Math.max(0, now - row.available_at) / 1_000);
      this.environment.tracing.notePast(() => handingOver(row, now));
    }
  }
}

/** From when the job was due until Redis had it. */
function handingOver(row: OutboxRow, endedAt: number): PastStep {
  return {
    name: 'outbox',
    continues: row.traceparent,
    startedAt: Math.min(row.available_at, endedAt),
    endedAt,
    facts: { 'messaging.destination.name': row.queue, 'lockstep.job.id': row.id },
  };
}

function isSilence(error: unknown): boolean {
  return error instanceof OperationalError;
}

function isFinished(state: string | undefined): boolean {
  return state === 'completed' || state === 'failed';
}

function byQueue(rows: readonly OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) groups.set(row.queue, [...(groups.get(row.queue) ?? []), row]);
  return groups;
}
