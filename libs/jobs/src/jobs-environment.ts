import { Injectable } from '@nestjs/common';
import { DatabaseConfig, RuntimeConfig } from '#libs/config';
import { DatabaseClock } from '#libs/database';
import { Logger, Metrics, Tracing } from '#libs/observability';
import { JobsTiming } from './jobs-timing.js';

/** What every part of this lib needs from the process it runs in. */
@Injectable()
export class JobsEnvironment {
  constructor(
    readonly runtime: RuntimeConfig,
    private readonly database: DatabaseConfig,
    /** The fleet's: what replicas compare is judged with the time of the database. */
    readonly clock: DatabaseClock,
    readonly timing: JobsTiming,
    readonly logger: Logger,
    readonly metrics: Metrics,
    readonly tracing: Tracing,
  ) {}

  /** Who claims rows and holds leases. */
  get replicaId(): string {
    return this.runtime.replicaId;
  }

  /**
   * Whether this replica brings jobs to Redis. In a site with a copy of the database it leaves that to
   * the primary site: its Redis may be another one than that of the workers, and looking for due jobs
   * every second would go over the line between the sites.
   */
  get isRelaying(): boolean {
    return this.database.copyUrl === undefined;
  }
}
