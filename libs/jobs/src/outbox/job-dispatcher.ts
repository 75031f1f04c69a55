import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { exponentialBackoffMs, withDeadline } from '#libs/kernel';
import type { Logger, RegisteredMetrics } from '#libs/observability';
import { outboxMetrics } from '../jobs.metrics.js';
import { JobsEnvironment } from '../jobs-environment.js';
import type { JobsTiming } from '../jobs-timing.js';
import { JobQueues } from './job-queues.js';
import { OutboxRelay } from './outbox-relay.js';
import { WakeUp } from './wake-up.js';

const PAUSE = { baseMs: 250, factor: 2, maxMs: 5_000 };

/**
 * Moves committed jobs to Redis, in both roles.
 *
 * - Fast path: a commit of this process wakes the loop; the request does not wait for it.
 * - Guaranteed path: the loop looks at the outbox about once a second; that look is a read.
 * - While Redis is away nothing is claimed. When it is back, emptied or replaced, every job it was
 *   given is compared with it at once.
 * - In a site with a copy of the database it does nothing: what commits there is handed over by the
 *   guaranteed path of the primary site.
 * - There is one loop per process and it never ends before `close`; a round that fails is repeated
 *   after a pause. Stopping takes at most one bounded call.
 */
@Injectable()
export class JobDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly wakeUp = new WakeUp();
  private readonly timing: JobsTiming;
  private readonly logger: Logger;
  private readonly metrics: RegisteredMetrics<typeof outboxMetrics>;
  private stopListening: () => void = () => undefined;
  private loop: Promise<void> | undefined;
  private isStopping = false;
  private failures = 0;
  private generation: string | undefined;
  private generationReadAt = Number.NEGATIVE_INFINITY;
  private recheckedAt = 0;
  private lookAgainBefore: number | undefined;

  private readonly onReady = (): void => {
    this.lookAgainBefore = this.environment.clock.wallMs();
    this.wakeUp.ring();
  };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly relay: OutboxRelay,
    private readonly queues: JobQueues,
    private readonly environment: JobsEnvironment,
  ) {
    this.timing = environment.timing;
    this.logger = environment.logger;
    this.metrics = environment.metrics.register(outboxMetrics);
  }

  onApplicationBootstrap(): void {
    if (!this.environment.isRelaying) return;
    // What happened to Redis while this replica was not there is unknown.
    this.lookAgainBefore = this.environment.clock.wallMs();
    this.queues.client.on('ready', this.onReady);
    this.stopListening = this.unitOfWork.onCommit(({ jobs }) => {
      if (jobs.length > 0) this.nudge();
    });
    this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.isStopping) return;
    this.isStopping = true;
    this.stopListening();
    this.queues.client.off('ready', this.onReady);
    this.wakeUp.ring();
    try {
      const boundMs = this.timing.redisTimeoutMs * 2;
      await withDeadline(this.loop ?? Promise.resolve(), boundMs, 'the dispatcher');
      await this.queues.close();
    } catch (error) {
      this.logger.warn(
        { err: error },
        'the dispatcher was left behind; claimed jobs are free again soon',
      );
    }
  }

  /** Something may be due: look now. Any number of calls make one look. */
  nudge(): void {
    // During an outage commits must not turn the pause between rounds into a busy loop.
    if (this.failures === 0) this.wakeUp.ring();
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      await this.round();
      const pause =
        this.failures > 0 ? exponentialBackoffMs(PAUSE, this.failures) : this.jittered();
      if (!this.isStopping) await this.wakeUp.sleep(pause);
    }
  }

  private async round(): Promise<void> {
    if (!this.queues.isReady) {
      this.metrics.dispatchFailures.inc();
      return;
    }
    try {
      await this.noticeNewRedis();
      await this.relay.dispatchDue();
      await this.recheckWhenTime();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      this.metrics.dispatchFailures.inc();
      const fields = { err: error, failures: this.failures };
      if (this.failures === 1)
        this.logger.warn(fields, 'dispatching jobs failed; they wait in SQL');
      else this.logger.debug(fields, 'dispatching jobs failed again');
    }
  }

  /** Once per sweep, not on the fast path. */
  private async noticeNewRedis(): Promise<void> {
    const now = this.environment.clock.monotonicMs();
    if (now - this.generationReadAt < this.timing.sweepMs / 2) return;
    const generation = await this.queues.generation();
    this.generationReadAt = now;
    if (this.generation !== undefined && generation !== this.generation) {
      this.lookAgainBefore = this.environment.clock.wallMs();
      this.logger.warn({}, 'redis was emptied or replaced; comparing jobs with it');
    }
    this.generation = generation;
  }

  private async recheckWhenTime(): Promise<void> {
    const now = this.environment.clock.monotonicMs();
    const isTime = now - this.recheckedAt >= this.timing.recheckMs / 2;
    const demanded = this.lookAgainBefore;
    if (demanded === undefined && !isTime) return;
    const regular = this.environment.clock.wallMs() - this.timing.recheckMs;
    try {
      await this.relay.recheck(Math.max(regular, demanded ?? 0));
    } catch (error) {
      // Rows of the failed batch count as checked now: the next look must include them.
      if (demanded !== undefined) this.lookAgainBefore = this.environment.clock.wallMs();
      throw error;
    }
    this.recheckedAt = now;
    if (this.lookAgainBefore === demanded) this.lookAgainBefore = undefined;
  }

  /** Replicas that started together must not sweep together. */
  private jittered(): number {
    return this.timing.sweepMs * (0.75 + Math.random() / 2);
  }
}
