import type { JobContract } from '#libs/database';
import { jobsErrors } from './jobs.errors.js';

/** A contract whose payload type does not matter to the code that holds it. */
export type AnyJobContract = Pick<
  JobContract<unknown>,
  'name' | 'version' | 'queue' | 'retry' | 'timeoutMs'
> & { readonly schema: { parse(value: unknown): unknown } };

/** Every contract this process knows, by queue. Throws `jobs.wiring` when two share a queue. */
export class JobCatalog {
  private readonly byQueue: ReadonlyMap<string, AnyJobContract>;

  constructor(contracts: readonly AnyJobContract[]) {
    const distinct = [...new Set(contracts)];
    const names = distinct.map(({ queue }) => queue);
    const doubled = new Set(names.filter((queue, index) => names.indexOf(queue) !== index));
    if (doubled.size > 0) {
      const message = `two contracts share a queue: ${[...doubled].join(', ')}`;
      throw jobsErrors.wiring({ message });
    }
    this.byQueue = new Map(distinct.map((contract) => [contract.queue, contract]));
  }

  get contracts(): readonly AnyJobContract[] {
    return [...this.byQueue.values()];
  }

  find(queue: string): AnyJobContract | undefined {
    return this.byQueue.get(queue);
  }
}
