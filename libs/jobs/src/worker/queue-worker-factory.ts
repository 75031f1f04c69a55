import { Injectable } from '@nestjs/common';
import { JobsConfig } from '#libs/config';
import { RedisConnections, type Redis } from '#libs/redis';
import { JobsEnvironment } from '../jobs-environment.js';
import { QueueKeys } from '../queue-keys.js';
import type { RegisteredHandler } from './handler-registry.js';
import { JobRunner } from './job-runner.js';
import { QueueWorker } from './queue-worker.js';

/** Makes the workers of a process on the connection they share. */
@Injectable()
export class QueueWorkerFactory {
  constructor(
    private readonly connections: RedisConnections,
    private readonly keys: QueueKeys,
    private readonly config: JobsConfig,
    private readonly runner: JobRunner,
    private readonly environment: JobsEnvironment,
  ) {}

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
    });
  }
}
