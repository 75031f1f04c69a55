import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { currentTrace, runInContext, type RequestContext } from '#libs/kernel';
import type { RegisteredMetrics, TraceBeginning } from '#libs/observability';
import type { AnyJobContract } from '../job-catalog.js';
import { JobsEnvironment } from '../jobs-environment.js';
import { FINAL_STATES } from '../job-state.js';
import { jobsErrors } from '../jobs.errors.js';
import { runMetrics } from '../jobs.metrics.js';
import { HandlerRegistry, type RegisteredHandler } from './handler-registry.js';
import type { JobRun } from './job-run.js';
import { JobRunRepository, type RunRow, type Start } from './job-run.repository.js';
import { RunEnding, type Disposition } from './run-ending.js';
import { RunFactory } from './run-factory.js';
import { RunMonitor } from './run-monitor.js';

/** A delivery that cannot be judged because SQL is away comes again after about this. */
const SQL_AWAY_MS = 2_000;

/**
 * Runs delivered jobs. Whatever is delivered, twice, late or after the end, SQL decides whether
 * anything happens: one run at a time owns a job, and only the owner changes anything.
 */
@Injectable()
export class JobRunner implements OnApplicationBootstrap {
  private readonly metrics: RegisteredMetrics<typeof runMetrics>;
  private isStopping = false;

  constructor(
    private readonly registry: HandlerRegistry,
    private readonly runs: JobRunRepository,
    private readonly factory: RunFactory,
    private readonly ending: RunEnding,
    private readonly monitor: RunMonitor,
    private readonly environment: JobsEnvironment,
  ) {
    this.metrics = environment.metrics.register(runMetrics, {
      running: (gauge) => gauge.set(this.monitor.active.length),
    });
  }

  /** A series that begins with its first event never shows that event as an increase. */
  onApplicationBootstrap(): void {
    for (const { contract } of this.registry.handlers) {
      for (const state of FINAL_STATES) {
        this.metrics.finished.inc({ job_name: contract.name, state }, 0);
      }
    }
  }

  async run(jobId: string): Promise<Disposition> {
    if (this.isStopping) return { kind: 'give-back' };
    const { replicaId, timing } = this.environment;
    const now = this.environment.clock.wallMs();
    let start: Start;
    try {
      start = await this.runs.start(jobId, replicaId, now, now + timing.leaseMs);
    } catch (error) {
      this.environment.logger.warn(
        { err: error, jobId },
        'a job could not be started; it comes again',
      );
      return { kind: 'postpone', delayMs: SQL_AWAY_MS * (0.5 + Math.random()) };
    }
    switch (start.kind) {
      case 'started':
        return this.environment.tracing.trace(
          () => runOf(start.job, now),
          () => this.execute(start.job),
        );
      case 'not-yet':
        return { kind: 'postpone', delayMs: Math.max(0, start.at - now) + 50 };
      case 'ended':
        this.metrics.finished.inc({ job_name: start.name, state: start.state });
        return { kind: 'done' };
      case 'unknown':
        this.environment.logger.warn({ jobId }, 'a delivered job is not in this database');
        return { kind: 'done' };
      case 'finished':
        return { kind: 'done' };
    }
  }

  /** No run starts any more; what is delivered is given back. */
  stop(): void {
    this.isStopping = true;
  }

  /** Makes the runs under way end as soon as their handlers react; their attempts do not count. */
  interrupt(): void {
    for (const run of this.monitor.active) run.abort(jobsErrors.shuttingDown());
  }

  get activeRuns(): number {
    return this.monitor.active.length;
  }

  private async execute(job: RunRow): Promise<Disposition> {
    const handler = this.registry.find(job.queue);
    // Workers are opened only for queues with a handler.
    if (handler === undefined) throw jobsErrors.wiring({ message: `no handler for ${job.queue}` });
    const { run, reporter } = this.factory.create(job);
    const endTimer = this.metrics.duration.startTimer({ job_name: job.name });
    const timeout = setTimeout(() => run.abort(jobsErrors.timedOut()), handler.contract.timeoutMs);
    this.monitor.add(run);
    try {
      await runInContext(contextOf(job), () => this.handle(handler, run));
      this.metrics.finished.inc({ job_name: job.name, state: 'completed' });
      return { kind: 'done' };
    } catch (error) {
      currentTrace()?.fail(error);
      return await this.ending.of(run, reporter, handler.contract, error);
    } finally {
      clearTimeout(timeout);
      this.monitor.remove(run);
      // A handler that still holds the context of a run that is over must not wait for anything.
      run.abort(jobsErrors.leaseLost());
      endTimer();
    }
  }

  private async handle({ contract, handler }: RegisteredHandler, run: JobRun): Promise<void> {
    const payload = payloadOf(run.job, contract);
    try {
      await this.settledOrAborted(handler.handle(payload, run), run.signal);
      if (!run.isCompleted) await run.complete();
    } catch (error) {
      if (!run.isCompleted) throw error;
      this.environment.logger.warn(
        { err: error, jobId: run.id },
        'a handler failed after it had completed',
      );
    }
  }

  /** A handler that ignores its signal is left behind; it can no longer change anything. */
  private async settledOrAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let onAbort: () => void = () => undefined;
    const abandoned = new Promise<never>((_resolve, reject) => {
      onAbort = () => {
        timer = setTimeout(
          () => reject(signal.reason as Error),
          this.environment.timing.abortGraceMs,
        );
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      await Promise.race([work, abandoned]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      work.catch(() => undefined);
      abandoned.catch(() => undefined);
    }
  }
}

function payloadOf(job: RunRow, contract: AnyJobContract): unknown {
  try {
    return contract.schema.parse(JSON.parse(job.payload_json));
  } catch (error) {
    throw jobsErrors.invalidPayload({ cause: error });
  }
}

/** A run goes on with the trace of what enqueued the job, however much later. */
function runOf(job: RunRow, now: number): TraceBeginning {
  return {
    name: `job ${job.name}`,
    kind: 'consumer',
    continues: job.traceparent ?? undefined,
    facts: {
      'messaging.system': 'lockstep',
      'messaging.destination.name': job.queue,
      'lockstep.job.id': job.id,
      'lockstep.job.attempt': job.attempts,
      'lockstep.job.waited_ms': Math.max(0, now - job.available_at),
    },
  };
}

/** What a handler does counts as done by the principal that asked for the job. */
function contextOf(job: RunRow): RequestContext {
  const id = job.requested_by ?? 'system';
  return {
    requestId: job.request_id ?? job.id,
    actor: { kind: 'system', id, name: `job ${job.name}` },
  };
}
