import { Injectable } from '@nestjs/common';
import { RuntimeConfig } from '#libs/config';
import { Logger, Metrics } from '#libs/observability';
import { JobsTiming } from './jobs-timing.js';

/** What every part of this lib needs from the process it runs in. */
@Injectable()
export class JobsEnvironment {
  constructor(
    readonly runtime: RuntimeConfig,
    readonly timing: JobsTiming,
    readonly logger: Logger,
    readonly metrics: Metrics,
  ) {}

  /** Who claims rows and holds leases. */
  get replicaId(): string {
    return this.runtime.replicaId;
  }
}
