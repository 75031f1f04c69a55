import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { JobsEnvironment } from '../jobs-environment.js';
import { HandlerRegistry } from './handler-registry.js';
import { JobRunner } from './job-runner.js';
import { QueueWorkerFactory } from './queue-worker-factory.js';
import type { QueueWorker } from './queue-worker.js';
import { RunMonitor } from './run-monitor.js';

const CLOSE_MS = 1_500;
const DRAIN_POLL_MS = 20;
/** Parts of the whole time a stop may take: for runs to finish, and for handlers to let go. */
const PATIENCE = 0.4;
const GRACE = 0.15;

/**
 * The workers of an authoring replica, one for each queue it has a handler for, opened when Redis is
 * ready. Stopping: no new jobs, some time for those under way, then they are interrupted and given
 * back; every step is bounded. Requests are answered meanwhile.
 */
@Injectable()
export class WorkerPool
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  private readonly workers = new Map<string, QueueWorker>();
  private stopping: Promise<void> | undefined;

  private readonly onReady = (): void => this.openMissing();

  constructor(
    private readonly registry: HandlerRegistry,
    private readonly factory: QueueWorkerFactory,
    private readonly runner: JobRunner,
    private readonly monitor: RunMonitor,
    private readonly environment: JobsEnvironment,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.factory.isEnabled) return;
    this.factory.client.on('ready', this.onReady);
    this.openMissing();
  }

  onModuleDestroy(): void {
    if (this.factory.isEnabled) this.stopping ??= this.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopping;
  }

  get isEnabled(): boolean {
    return this.factory.isEnabled;
  }

  get open(): readonly QueueWorker[] {
    return [...this.workers.values()];
  }

  /** Opens what is not open. Does nothing while Redis is away: a worker would wait unseen. */
  openMissing(): void {
    if (this.stopping !== undefined || this.factory.client.status !== 'ready') return;
    for (const registered of this.registry.handlers) {
      const { queue } = registered.contract;
      if (!this.workers.has(queue)) this.workers.set(queue, this.factory.create(registered));
    }
  }

  /** Replaces a worker. Its runs finish by themselves: they own their jobs in SQL. */
  rebuild(worker: QueueWorker): void {
    if (this.stopping !== undefined) return;
    this.workers.delete(worker.queue);
    void worker.close(CLOSE_MS);
    this.openMissing();
  }

  private async stop(): Promise<void> {
    this.factory.client.off('ready', this.onReady);
    this.runner.stop();
    // BullMQ stops taking jobs with the call; what it waits for afterwards is of no interest.
    for (const worker of this.open) void worker.pause();
    const { closeTimeoutMs } = this.environment.runtime;
    await this.drain(closeTimeoutMs * PATIENCE);
    this.runner.interrupt();
    await this.drain(closeTimeoutMs * GRACE);
    await Promise.all(this.open.map((worker) => worker.close(CLOSE_MS)));
    this.monitor.stop();
  }

  private async drain(timeoutMs: number): Promise<void> {
    const deadline = this.environment.clock.monotonicMs() + timeoutMs;
    while (this.runner.activeRuns > 0 && this.environment.clock.monotonicMs() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, DRAIN_POLL_MS));
    }
  }
}
