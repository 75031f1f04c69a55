import { Injectable } from '@nestjs/common';
import { JobsConfig } from '#libs/config';
import type { RegisteredMetrics } from '#libs/observability';
import { RedisConnections, type Redis } from '#libs/redis';
import { JobsEnvironment } from '../jobs-environment.js';
import { runMetrics } from '../jobs.metrics.js';
import { QueueKeys } from '../queue-keys.js';
import type { RegisteredHandler } from './handler-registry.js';
import { JobRunner } from './job-runner.js';
import { QueueWorker } from './queue-worker.js';

/** Makes the workers of a process on the connection they share. */
@Injectable()
export class QueueWorkerFactory {
  private readonly metrics: RegisteredMetrics<typeof runMetrics>;

  constructor(
    private readonly connections: RedisConnections,
    private readonly keys: QueueKeys,
    private readonly config: JobsConfig,
    private readonly runner: JobRunner,
    private readonly environment: JobsEnvironment,
  ) {
    this.metrics = environment.metrics.register(runMetrics);
  }

  /** False in a replica with JOBS_WORKER=false, which then does not even connect. */
  get isEnabled(): boolean {
    return this.config.worker;
  }

  get client(): Redis {
    return this.connections.open('jobs-worker');
  }

  create({ contract, concurrency }: RegisteredHandler): QueueWorker {
    const { replicaId, timing, logger } = this.environment;
    return new QueueWorker({
      queue: contract.queue,
      prefix: this.keys.prefix,
      client: this.client,
      replicaId,
      concurrency: concurrency ?? this.config.concurrency,
      timing,
      logger,
      run: (jobId) => this.runner.run(jobId),
      onIgnored: () => {
        this.metrics.ignoredDeliveries.inc({ queue: contract.queue });
        logger.warn({ queue: contract.queue }, 'a queue delivered something that names no job');
      },
    });
  }
}
