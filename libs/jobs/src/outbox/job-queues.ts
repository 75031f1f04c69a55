import { Injectable } from '@nestjs/common';
import { Queue } from 'bullmq';
import { newId, withDeadline } from '#libs/kernel';
import { RedisConnections, type Redis } from '#libs/redis';
import { JobsEnvironment } from '../jobs-environment.js';
import { deliveryIdOf, type DeliveryData } from '../job-state.js';
import { jobsErrors } from '../jobs.errors.js';
import { QueueKeys } from '../queue-keys.js';

/** What Redis knows of a job that SQL says it was given. */
export type DeliveryState = 'absent' | 'completed' | 'failed' | 'active' | 'present';

export interface Delivery {
  readonly id: string;
  readonly name: string;
}

/** Above this BullMQ's exact state costs Redis too much: it searches the waiting list. */
const MAX_SEARCHED_LIST = 10_000;

/** SQL decides about attempts, so BullMQ must never run out of them by itself. */
const UNLIMITED_ATTEMPTS = 1_000_000;

/**
 * The producing side of BullMQ. Every call is bounded: a queue is only created on a connection that
 * is ready, because `add` on one that never was hangs for ever, and no answer is awaited longer
 * than `redisTimeoutMs`. A call that timed out may still take effect; deliveries have fixed ids, so
 * that is harmless.
 */
@Injectable()
export class JobQueues {
  private readonly queues = new Map<string, Promise<Queue<DeliveryData>>>();

  constructor(
    private readonly connections: RedisConnections,
    private readonly keys: QueueKeys,
    private readonly environment: JobsEnvironment,
  ) {}

  get client(): Redis {
    return this.connections.open('jobs-producer');
  }

  get isReady(): boolean {
    return this.client.status === 'ready';
  }

  /** Hands jobs to a queue in one transaction of Redis. Those it has already are left as they are. */
  async add(queueName: string, deliveries: readonly Delivery[]): Promise<void> {
    const queue = await this.open(queueName);
    const jobs = deliveries.map(({ id, name }) => ({
      name,
      data: { id },
      opts: {
        jobId: deliveryIdOf(id),
        attempts: UNLIMITED_ATTEMPTS,
        backoff: { type: 'contract' },
      },
    }));
    await this.bounded(queue.addBulk(jobs), 'adding jobs');
  }

  async inspect(queueName: string, ids: readonly string[]): Promise<Map<string, DeliveryState>> {
    const queue = await this.open(queueName);
    const pipeline = this.client.pipeline().llen(queue.toKey('wait'));
    for (const id of ids) {
      const deliveryId = deliveryIdOf(id);
      pipeline
        .exists(queue.toKey(deliveryId))
        .zscore(queue.toKey('completed'), deliveryId)
        .zscore(queue.toKey('failed'), deliveryId);
    }
    const replies = (await this.bounded(pipeline.exec(), 'inspecting jobs')) ?? [];
    const values = replies.map(([error, value]) => {
      if (error !== null) throw error;
      return value;
    });
    const isShort = Number(values[0]) <= MAX_SEARCHED_LIST;
    const states = ids.map(async (id, index): Promise<[string, DeliveryState]> => {
      const [exists, completed, failed] = values.slice(1 + index * 3, 4 + index * 3);
      if (exists === 0) return [id, 'absent'];
      if (completed !== null) return [id, 'completed'];
      if (failed !== null) return [id, 'failed'];
      return [id, isShort ? await this.search(queue, id) : 'present'];
    });
    return new Map(await Promise.all(states));
  }

  /** Forgets what Redis keeps of a job, so that its id can be added again. */
  async remove(queueName: string, ids: readonly string[]): Promise<void> {
    const queue = await this.open(queueName);
    const removals = ids.map((id) => queue.remove(deliveryIdOf(id)));
    await this.bounded(Promise.all(removals), 'removing jobs');
  }

  /**
   * A value that lives as long as the contents of this Redis. It changes when Redis was emptied or
   * replaced by another one.
   */
  async generation(): Promise<string> {
    const { client, keys } = this;
    const known = await this.bounded(client.get(keys.generation), 'reading the generation');
    if (known !== null) return known;
    const created = newId();
    const earlier = await this.bounded(
      client.set(keys.generation, created, 'NX', 'GET'),
      'writing the generation',
    );
    return earlier ?? created;
  }

  /** Tells the fleet that a worker of this process serves the queues until `until` (epoch ms). */
  async announceServed(queueNames: readonly string[], until: number): Promise<void> {
    if (!this.isReady || queueNames.length === 0) return;
    const members = queueNames.flatMap((name) => [until, name]);
    await this.bounded(
      this.client.zadd(this.keys.servedQueues, 'GT', ...members),
      'announcing queues',
    );
  }

  /** Queues that some worker of the fleet serves at `now`. */
  async servedQueues(now: number): Promise<Set<string>> {
    if (!this.isReady) throw jobsErrors.redisNotReady();
    const names = await this.bounded(
      this.client.zrangebyscore(this.keys.servedQueues, now, '+inf'),
      'reading served queues',
    );
    return new Set(names);
  }

  /** Waiting deliveries of a queue, for the watchdog. */
  async countWaiting(queueName: string): Promise<number> {
    const queue = await this.open(queueName);
    return this.bounded(queue.getWaitingCount(), 'counting jobs');
  }

  /** The connection is shared and stays open; it belongs to `RedisConnections`. */
  async close(): Promise<void> {
    const opened = [...this.queues.values()];
    this.queues.clear();
    await Promise.all(opened.map((queue) => this.discard(queue)));
  }

  /** Bounded as well: BullMQ asks a new connection for the version of Redis before anything else. */
  private async open(name: string): Promise<Queue<DeliveryData>> {
    if (!this.isReady) throw jobsErrors.redisNotReady();
    let opening = this.queues.get(name);
    if (opening === undefined) {
      opening = this.create(name);
      this.queues.set(name, opening);
    }
    try {
      return await this.bounded(opening, 'opening a queue');
    } catch (error) {
      // A queue whose start failed never recovers: the next call makes a new one.
      if (this.queues.get(name) === opening) {
        this.queues.delete(name);
        void this.discard(opening);
      }
      throw error;
    }
  }

  private async create(name: string): Promise<Queue<DeliveryData>> {
    const queue = new Queue<DeliveryData>(name, {
      connection: this.client,
      prefix: this.keys.prefix,
      skipMetasUpdate: true,
    });
    // The connection's own watch reports outages once; BullMQ repeats them for every queue.
    queue.on('error', (err) =>
      this.environment.logger.debug({ err, queue: name }, 'job queue error'),
    );
    await queue.waitUntilReady();
    return queue;
  }

  private async discard(opening: Promise<Queue<DeliveryData>>): Promise<void> {
    try {
      const queue = await this.bounded(opening, 'opening a queue');
      await this.bounded(queue.close(), 'closing a queue');
    } catch {
      // It never got ready, or Redis is silent: nothing of it needs closing.
    }
  }

  private async search(queue: Queue<DeliveryData>, id: string): Promise<DeliveryState> {
    const state = await this.bounded(queue.getJobState(deliveryIdOf(id)), 'inspecting a job');
    if (state === 'completed' || state === 'failed' || state === 'active') return state;
    // A hash in no list: Redis evicted the list. Only removing it lets the id be added again.
    return state === 'unknown' ? 'failed' : 'present';
  }

  private bounded<T>(answer: Promise<T>, what: string): Promise<T> {
    return withDeadline(answer, this.environment.timing.redisTimeoutMs, what);
  }
}
