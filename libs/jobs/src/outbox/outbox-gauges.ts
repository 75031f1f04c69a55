import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobsEnvironment } from '../jobs-environment.js';
import { outboxMetrics } from '../jobs.metrics.js';
import { JobQueues } from './job-queues.js';
import { OutboxRepository, type OutboxDepth } from './outbox.repository.js';

/** Answers what waits in the outbox when the metrics are read; costs nothing otherwise. */
@Injectable()
export class OutboxGauges implements OnModuleInit {
  private readonly reported = new Set<string>();

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly queues: JobQueues,
    private readonly environment: JobsEnvironment,
  ) {}

  onModuleInit(): void {
    // The primary site counts what waits, and only its Redis knows who works.
    if (!this.environment.isRelaying) return;
    const gauges = this.environment.metrics.register(outboxMetrics, {
      // One query serves all three; the other two are set along with the first.
      depth: async (depth) => {
        const rows = await this.outbox.depth();
        depth.reset();
        gauges.oldestAge.reset();
        for (const { queue, state, jobs } of rows) depth.set({ queue, state }, jobs);
        for (const [queue, seconds] of ages(rows, this.environment.clock.wallMs()))
          gauges.oldestAge.set({ queue }, seconds);
        const unhandled = await this.unhandled(rows);
        gauges.unhandled.reset();
        for (const { queue, jobs } of unhandled) gauges.unhandled.inc({ queue }, jobs);
      },
    });
  }

  /** Jobs that wait although no worker of the fleet serves their queue. */
  private async unhandled(rows: readonly OutboxDepth[]): Promise<readonly OutboxDepth[]> {
    // Only Redis knows. While it is away nothing is said here: its own gauges say that it is.
    const served = await this.queues
      .servedQueues(this.environment.clock.wallMs())
      .catch((): undefined => undefined);
    if (served === undefined) return [];
    const unhandled = waiting(rows).filter(({ queue }) => !served.has(queue));
    for (const { queue, jobs } of unhandled) {
      if (this.reported.has(queue)) continue;
      this.reported.add(queue);
      this.environment.logger.warn(
        { queue, jobs },
        'jobs wait for a worker that knows their contract',
      );
    }
    return unhandled;
  }
}

function waiting(rows: readonly OutboxDepth[]): readonly OutboxDepth[] {
  return rows.filter(({ state }) => state !== 'active');
}

function ages(rows: readonly OutboxDepth[], now: number): ReadonlyMap<string, number> {
  const seconds = new Map<string, number>();
  for (const { queue, oldest_available_at } of waiting(rows)) {
    const age = Math.max(0, now - oldest_available_at) / 1_000;
    seconds.set(queue, Math.max(age, seconds.get(queue) ?? 0));
  }
  return seconds;
}
