import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { JobCatalog, type AnyJobContract } from '../job-catalog.js';
import { jobsErrors } from '../jobs.errors.js';
import type { HandlesJob } from './job-context.js';
import { JobHandlerMark } from './job-handler.decorator.js';

export interface RegisteredHandler {
  readonly contract: AnyJobContract;
  readonly concurrency: number | undefined;
  /** The class, for messages. */
  readonly className: string;
  readonly handler: HandlesJob<unknown>;
}

/** The handlers of this process, exactly one for each contract of the catalog. */
@Injectable()
export class HandlerRegistry implements OnModuleInit {
  private byQueue: ReadonlyMap<string, RegisteredHandler> = new Map();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly catalog: JobCatalog,
  ) {}

  /** Throws `jobs.wiring` with everything that does not match, so that the process does not boot. */
  onModuleInit(): void {
    const found = this.discover();
    const problems = wiringProblems(this.catalog.contracts, found);
    if (problems.length > 0) throw jobsErrors.wiring({ message: problems.join('; ') });
    this.byQueue = new Map(found.map((handler) => [handler.contract.queue, handler]));
  }

  get handlers(): readonly RegisteredHandler[] {
    return [...this.byQueue.values()];
  }

  find(queue: string): RegisteredHandler | undefined {
    return this.byQueue.get(queue);
  }

  private discover(): RegisteredHandler[] {
    return this.discovery.getProviders().flatMap((wrapper) => {
      const mark = this.discovery.getMetadataByDecorator(JobHandlerMark, wrapper);
      if (mark === undefined) return [];
      // Sound because the decorator accepts only classes that handle its contract.
      const handler = wrapper.instance as HandlesJob<unknown>;
      const { contract, concurrency } = mark;
      return [{ contract, concurrency, className: String(wrapper.name), handler }];
    });
  }
}

/** Exported for its test. */
export function wiringProblems(
  contracts: readonly AnyJobContract[],
  handlers: readonly Pick<RegisteredHandler, 'contract' | 'className'>[],
): string[] {
  const problems: string[] = [];
  for (const { queue } of contracts) {
    const own = handlers.filter(({ contract }) => contract.queue === queue);
    if (own.length === 0) problems.push(`no handler for ${queue}`);
    if (own.length > 1) {
      const names = own.map(({ className }) => className).join(', ');
      problems.push(`${own.length} handlers for ${queue}: ${names}`);
    }
  }
  for (const { contract, className } of handlers) {
    if (!contracts.includes(contract)) {
      problems.push(`${className} handles ${contract.queue}, which is not registered`);
    }
  }
  return problems;
}
