import {
  DelayedError,
  RedisConnection,
  RedisQueueBackend,
  QueueKeys as BullQueueKeys,
  WaitingError,
  Worker,
  type BackendFactory,
  type Job,
} from 'bullmq';
import { systemClock, withDeadline } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import type { Redis } from '#libs/redis';
import type { DeliveryData } from '../job-state.js';
import type { JobsTiming } from '../jobs-timing.js';
import type { Disposition } from './run-ending.js';

export interface QueueWorkerOptions {
  readonly queue: string;
  readonly prefix: string;
  readonly client: Redis;
  readonly replicaId: string;
  readonly concurrency: number;
  readonly timing: JobsTiming;
  readonly logger: Logger;
  readonly run: (jobId: string) => Promise<Disposition>;
  /** Told of a delivery that names no job. */
  readonly onIgnored: () => void;
}

/** Told to BullMQ instead of the real error: texts of errors must not reach Redis. */
class NextAttempt extends Error {
  override readonly name = 'NextAttempt';

  constructor(readonly delayMs: number) {
    super('the attempt failed; the job row has the error');
  }
}

/** SQL decides how often a job is tried, a job whose worker died included. */
const UNLIMITED = 1_000_000;
const KEEP_COMPLETED = { age: 3_600, count: 1_000 };
const KEEP_FAILED = { age: 24 * 3_600, count: 1_000 };
const UNEXPECTED_RETRY_MS = 5_000;
const MAX_ID_LENGTH = 36;
/** Below the socket timeout of the connection, which would otherwise cut an idle worker off. */
const BLOCK_S = 5;

/** One BullMQ worker for one queue, which can always be closed. */
export class QueueWorker {
  readonly queue: string;
  private readonly worker: Worker<DeliveryData>;
  private readonly blocking: Redis;
  private busy = 0;
  private lastDeliveryAt = systemClock.monotonicMs();

  constructor(private readonly options: QueueWorkerOptions) {
    const { queue, prefix, client, replicaId, concurrency, timing, logger } = options;
    this.queue = queue;
    // BullMQ would make this copy itself and keep it: closing would then depend on its manners.
    this.blocking = client.duplicate({ connectionName: `${prefix}:${replicaId}:${queue}` });
    this.worker = new Worker<DeliveryData>(
      queue,
      (job, token) => this.process(job, token ?? ''),
      {
        connection: client,
        prefix,
        concurrency,
        lockDuration: timing.lockMs,
        stalledInterval: timing.stalledMs,
        maxStalledCount: UNLIMITED,
        drainDelay: BLOCK_S,
        removeOnComplete: KEEP_COMPLETED,
        removeOnFail: KEEP_FAILED,
        settings: { backoffStrategy: retryDelay },
      },
      backendWith(client, this.blocking, prefix),
    );
    // Outages are reported once, by the connection; what BullMQ repeats here is noise in production.
    this.worker.on('error', (err) => logger.debug({ err, queue }, 'job worker error'));
    this.worker.on('stalled', (deliveryId) => {
      logger.warn({ queue, deliveryId }, 'the worker of a job was lost; the job goes to another');
    });
  }

  get isRunning(): boolean {
    return this.worker.isRunning();
  }

  /** How long nothing was delivered although there was room, in milliseconds; 0 when all is busy. */
  get idleMs(): number {
    if (this.busy >= this.options.concurrency) return 0;
    return systemClock.monotonicMs() - this.lastDeliveryAt;
  }

  /** Takes no more jobs; those under way go on. */
  async pause(): Promise<void> {
    await this.worker.pause(true);
  }

  /** Ends within `timeoutMs`, whatever Redis does. */
  async close(timeoutMs: number): Promise<void> {
    try {
      await withDeadline(this.worker.close(), timeoutMs, `closing the worker of ${this.queue}`);
    } catch (error) {
      this.options.logger.warn({ err: error, queue: this.queue }, 'a worker was closed by force');
    } finally {
      this.blocking.disconnect();
    }
  }

  private async process(job: Job<DeliveryData>, token: string): Promise<void> {
    this.busy += 1;
    this.lastDeliveryAt = systemClock.monotonicMs();
    try {
      const jobId = jobIdOf(job);
      if (jobId === undefined) return this.options.onIgnored();
      const disposition = await this.options.run(jobId);
      switch (disposition.kind) {
        case 'done':
          return;
        case 'retry':
          throw new NextAttempt(disposition.delayMs);
        case 'postpone':
          await job.moveToDelayed(Date.now() + disposition.delayMs, token);
          throw new DelayedError();
        case 'give-back':
          await job.moveToWait(token);
          throw new WaitingError();
      }
    } finally {
      this.busy -= 1;
      this.lastDeliveryAt = systemClock.monotonicMs();
    }
  }
}

/** Redis may hold anything; undefined: it was not handed over by this product. */
function jobIdOf({ data }: Job<unknown>): string | undefined {
  if (typeof data !== 'object' || data === null || !('id' in data)) return undefined;
  return typeof data.id === 'string' && data.id.length <= MAX_ID_LENGTH ? data.id : undefined;
}

function retryDelay(_attemptsMade: number, _type?: string, error?: Error): number {
  // 0 would mean "at once" and a negative value "never"; anything unexpected is tried again.
  return error instanceof NextAttempt ? Math.max(1, error.delayMs) : UNEXPECTED_RETRY_MS;
}

/** BullMQ's Redis backend on connections of ours: the shared one, and one that blocks. */
function backendWith(
  client: Redis,
  blocking: Redis,
  prefix: string,
): BackendFactory<RedisQueueBackend> {
  return (name, opts) => {
    const names = new BullQueueKeys(prefix);
    return new RedisQueueBackend(
      new RedisConnection(client, { shared: true, blocking: false }),
      name,
      names.getKeys(name),
      (type) => names.toKey(name, type),
      opts,
      new RedisConnection(blocking, { shared: false, blocking: true }),
    );
  };
}
