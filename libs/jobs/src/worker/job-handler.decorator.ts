import { DiscoveryService } from '@nestjs/core';
import type { JobContract } from '#libs/database';
import type { AnyJobContract } from '../job-catalog.js';
import type { HandlesJob } from './job-context.js';

export interface JobHandlerOptions {
  /** Jobs of this contract that one replica runs at the same time; default JOBS_CONCURRENCY. */
  readonly concurrency?: number;
}

export interface JobHandlerMetadata extends JobHandlerOptions {
  readonly contract: AnyJobContract;
}

export const JobHandlerMark = DiscoveryService.createDecorator<JobHandlerMetadata>();

/**
 * Makes an injectable class the handler of a contract. A process that has the contract but no
 * handler for it, or two, does not boot.
 */
export function JobHandler<Payload>(
  contract: JobContract<Payload>,
  options: JobHandlerOptions = {},
): (target: new (...dependencies: never[]) => HandlesJob<Payload>) => void {
  return (target) => JobHandlerMark({ contract, ...options })(target);
}
