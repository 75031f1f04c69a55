import { Global, Module, type DynamicModule } from '@nestjs/common';
import { JobCatalog, type AnyJobContract } from './job-catalog.js';
import { JobsEnvironment } from './jobs-environment.js';
import { JobsTiming } from './jobs-timing.js';
import { JobDispatcher } from './outbox/job-dispatcher.js';
import { JobQueues } from './outbox/job-queues.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import { OutboxRepository } from './outbox/outbox.repository.js';
import { OutboxGauges } from './outbox/outbox-gauges.js';
import { checkLedgersJob } from './ledgers/check-ledgers.job.js';
import { prunePlatformJob } from './prune/prune-platform.job.js';
import { QueueKeys } from './queue-keys.js';

export interface JobsModuleOptions {
  /** Every contract of every lib of the product. */
  readonly contracts: readonly AnyJobContract[];
  readonly timing?: Partial<JobsTiming>;
}

const platformContracts = [prunePlatformJob, checkLedgersJob];

/** The producing side, for both roles: the catalog and the dispatcher. Contains no worker. */
@Global()
@Module({})
export class JobsModule {
  static forRoot({ contracts, timing = {} }: JobsModuleOptions): DynamicModule {
    return {
      module: JobsModule,
      providers: [
        { provide: JobCatalog, useValue: new JobCatalog([...contracts, ...platformContracts]) },
        { provide: JobsTiming, useValue: new JobsTiming(timing) },
        JobsEnvironment,
        QueueKeys,
        JobQueues,
        OutboxRepository,
        OutboxRelay,
        OutboxGauges,
        JobDispatcher,
      ],
      exports: [JobCatalog, JobsEnvironment, QueueKeys, JobQueues, JobDispatcher, OutboxRepository],
    };
  }
}
