import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HealthRegistry, type RegisteredMetrics } from '#libs/observability';
import { JobsEnvironment } from '../jobs-environment.js';
import { runMetrics } from '../jobs.metrics.js';
import { JobQueues } from '../outbox/job-queues.js';
import { HandlerRegistry } from './handler-registry.js';
import type { QueueWorker } from './queue-worker.js';
import { WorkerPool } from './worker-pool.js';

/**
 * Sees that workers work. One that has ended, or that takes nothing for `stuckMs` although jobs wait
 * and it has room (a known failure of BullMQ after fail-overs), is replaced. Tells the fleet which
 * queues are served, so that jobs that no worker can run show.
 */
@Injectable()
export class WorkerWatchdog implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly metrics: RegisteredMetrics<typeof runMetrics>;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly pool: WorkerPool,
    private readonly registry: HandlerRegistry,
    private readonly queues: JobQueues,
    private readonly health: HealthRegistry,
    private readonly environment: JobsEnvironment,
  ) {
    this.metrics = environment.metrics.register(runMetrics);
  }

  onApplicationBootstrap(): void {
    if (!this.pool.isEnabled) return;
    const { watchdogMs, announceMs } = this.environment.timing;
    this.every(watchdogMs, () => this.watch());
    this.every(announceMs, () => this.announce());
    this.health.watch('jobs', () => {
      const missing = this.registry.handlers.length - this.running().length;
      if (missing === 0) return { isDegraded: false };
      return { isDegraded: true, reason: `${missing} queues have no running worker here` };
    });
  }

  onModuleDestroy(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private async watch(): Promise<void> {
    if (!this.queues.isReady) return;
    this.pool.openMissing();
    for (const worker of this.pool.open) {
      if (await this.isStuck(worker)) this.replace(worker);
    }
  }

  private async isStuck(worker: QueueWorker): Promise<boolean> {
    if (!worker.isRunning) return true;
    if (worker.idleMs < this.environment.timing.stuckMs) return false;
    return (await this.queues.countWaiting(worker.queue)) > 0;
  }

  private replace(worker: QueueWorker): void {
    const { queue, idleMs } = worker;
    this.environment.logger.warn({ queue, idleMs }, 'a job worker was stuck and is replaced');
    this.metrics.workersRebuilt.inc({ queue });
    this.pool.rebuild(worker);
  }

  private async announce(): Promise<void> {
    const until = this.environment.clock.wallMs() + 3 * this.environment.timing.announceMs;
    const served = this.running().map(({ queue }) => queue);
    await this.queues.announceServed(served, until);
  }

  private running(): readonly QueueWorker[] {
    return this.pool.open.filter(({ isRunning }) => isRunning);
  }

  /** What fails because Redis does not answer is tried again with the next turn. */
  private every(intervalMs: number, task: () => Promise<void>): void {
    let isUnderWay = false;
    const turn = async (): Promise<void> => {
      if (isUnderWay) return;
      isUnderWay = true;
      try {
        await task();
      } catch (error) {
        this.environment.logger.debug({ err: error }, 'workers could not be watched');
      } finally {
        isUnderWay = false;
      }
    };
    const timer = setInterval(() => void turn(), intervalMs);
    timer.unref();
    this.timers.push(timer);
  }
}
