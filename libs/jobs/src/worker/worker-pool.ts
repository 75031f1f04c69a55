import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { JobsConfig, RuntimeConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics, type RegisteredMetrics } from '#libs/observability';
import { RedisConnections, type Redis } from '#libs/redis';
import { runMetrics } from '../jobs.metrics.js';
import { JobsTiming } from '../jobs-timing.js';
import { JobQueues } from '../outbox/job-queues.js';
import { QueueKeys } from '../queue-keys.js';
import { HandlerRegistry, type RegisteredHandler } from './handler-registry.js';
import { JobRunner } from './job-runner.js';
import { QueueWorker } from './queue-worker.js';
import { RunMonitor } from './run-monitor.js';

const CLOSE_MS = 1_500;
const DRAIN_POLL_MS = 20;

/**
 * The workers of an authoring replica, one for each queue it has a handler for.
 *
 * - They are opened when Redis is ready and reopened by a watchdog when they have stopped taking
 *   jobs although jobs wait (a known failure of BullMQ after fail-overs).
 * - Stopping: no new jobs, then half of the shutdown time for those under way, then they are
 *   interrupted and given back; every step is bounded.
 */
@Injectable()
export class WorkerPool implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly metrics: RegisteredMetrics<typeof runMetrics>;
  private readonly workers = new Map<string, QueueWorker>();
  private readonly timers: NodeJS.Timeout[] = [];
  private isStopping = false;

  private readonly onReady = (): void => {
    this.openMissing();
    void this.announce();
  };

  constructor(
    private readonly registry: HandlerRegistry,
    private readonly runner: JobRunner,
    private readonly monitor: RunMonitor,
    private readonly connections: RedisConnections,
    private readonly queues: JobQueues,
    private readonly keys: QueueKeys,
    private readonly config: JobsConfig,
    private readonly runtime: RuntimeConfig,
    private readonly timing: JobsTiming,
    private readonly logger: Logger,
    private readonly health: HealthRegistry,
    metrics: Metrics,
  ) {
    this.metrics = metrics.register(runMetrics);
  }

  onApplicationBootstrap(): void {
    if (!this.config.worker) return;
    this.client.on('ready', this.onReady);
    if (this.client.status === 'ready') this.onReady();
    this.every(this.timing.watchdogMs, () => this.watch());
    this.every(this.timing.announceMs, () => this.announce());
    this.health.watch('jobs', () => {
      const closed = this.registry.handlers.length - this.running.length;
      return closed === 0
        ? { isDegraded: false }
        : { isDegraded: true, reason: `${closed} queues have no running worker here` };
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.isStopping || !this.config.worker) return;
    this.isStopping = true;
    this.client.off('ready', this.onReady);
    for (const timer of this.timers) clearInterval(timer);
    this.runner.stop();
    const workers = [...this.workers.values()];
    // Not awaited: BullMQ stops taking jobs with the call, and waits for nothing worth waiting for.
    for (const worker of workers) void worker.pause().catch(() => undefined);
    const patienceMs = this.runtime.shutdownTimeoutMs / 2;
    await this.drain(patienceMs);
    this.runner.interrupt();
    await this.drain(Math.min(this.timing.abortGraceMs, patienceMs / 2));
    await Promise.all(workers.map((worker) => worker.close(CLOSE_MS)));
    this.monitor.stop();
  }

  private get client(): Redis {
    return this.connections.open('jobs-worker');
  }

  private get running(): readonly QueueWorker[] {
    return [...this.workers.values()].filter(({ isRunning }) => isRunning);
  }

  private openMissing(): void {
    if (this.isStopping) return;
    for (const registered of this.registry.handlers) {
      if (!this.workers.has(registered.contract.queue)) this.open(registered);
    }
  }

  private open({ contract, concurrency }: RegisteredHandler): void {
    const worker = new QueueWorker({
      queue: contract.queue,
      prefix: this.keys.prefix,
      client: this.client,
      replicaId: this.runtime.replicaId,
      concurrency: concurrency ?? this.config.concurrency,
      timing: this.timing,
      logger: this.logger,
      run: (jobId) => this.runner.run(jobId),
    });
    this.workers.set(contract.queue, worker);
  }

  /** Never rejects: what cannot be seen now is looked at again later. */
  private async watch(): Promise<void> {
    if (this.client.status !== 'ready' || !this.queues.isReady) return;
    this.openMissing();
    for (const worker of [...this.workers.values()]) {
      if (worker.isRunning && worker.idleMs < this.timing.stuckMs) continue;
      try {
        const isStuck = !worker.isRunning || (await this.queues.countWaiting(worker.queue)) > 0;
        if (isStuck && !this.isStopping) this.rebuild(worker);
      } catch (error) {
        this.logger.debug({ err: error, queue: worker.queue }, 'a queue could not be watched');
      }
    }
  }

  private rebuild(worker: QueueWorker): void {
    const registered = this.registry.find(worker.queue);
    if (registered === undefined) return;
    this.logger.warn({ queue: worker.queue, idleMs: worker.idleMs }, 'a worker was stuck');
    this.metrics.workersRebuilt.inc({ job: registered.contract.name });
    // Runs of the old one finish by themselves: they own their jobs in SQL.
    void worker.close(CLOSE_MS);
    this.open(registered);
  }

  private async announce(): Promise<void> {
    const until = systemClock.wallMs() + 3 * this.timing.announceMs;
    try {
      await this.queues.announceServed(
        this.running.map(({ queue }) => queue),
        until,
      );
    } catch (error) {
      this.logger.debug({ err: error }, 'served queues were not announced');
    }
  }

  private every(intervalMs: number, task: () => Promise<void>): void {
    const timer = setInterval(() => void task(), intervalMs);
    timer.unref();
    this.timers.push(timer);
  }

  private async drain(timeoutMs: number): Promise<void> {
    const deadline = systemClock.monotonicMs() + timeoutMs;
    while (this.runner.activeRuns > 0 && systemClock.monotonicMs() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, DRAIN_POLL_MS));
    }
  }
}
