import { settled } from '#libs/testing';
import { RecordBudget } from '../src/records/record-budget.js';
import { RecordMemory } from '../src/records/record-memory.js';
import { asJson, type RecordPolicy } from '../src/records/record-policy.js';
import { ReaderWorld } from './reader-world.js';

export interface NamedRow {
  readonly v: number;
  readonly name?: string;
}

export const decodeRow = (bytes: Buffer): NamedRow => JSON.parse(bytes.toString()) as NamedRow;

/** Memories of records in a process on a clock, a log and rows that a test controls. */
export class RecordWorld extends ReaderWorld {
  rows = new Map<string, NamedRow>([
    ['a', { v: 1 }],
    ['b', { v: 1 }],
  ]);
  /** The ids of each read. */
  reads: string[][] = [];
  failures: unknown[] = [];
  /** When rows were read, and before they are given. */
  onRead: () => Promise<void> | void = () => undefined;

  memory(policy: Partial<RecordPolicy<NamedRow>> = {}, limit = 10_000_000): RecordMemory<NamedRow> {
    const memory = new RecordMemory<NamedRow>(
      {
        name: 'rows',
        idOf: (tag) => (tag.startsWith('row:') ? tag.slice('row:'.length) : undefined),
        read: (ids) => this.read(ids),
        ...asJson<NamedRow>(),
        ...policy,
      },
      {
        ...this.environment,
        budget: new RecordBudget(limit),
        reportFailure: (_name, error) => this.failures.push(error),
      },
    );
    this.coherence.listen(memory);
    return memory;
  }

  /** One that was started and holds every row. */
  async held(
    policy: Partial<RecordPolicy<NamedRow>> = {},
    limit?: number,
  ): Promise<RecordMemory<NamedRow>> {
    const memory = this.memory(policy, limit);
    memory.start();
    void memory.want(this.rows.keys());
    await this.worked(memory);
    return memory;
  }

  /** Time goes on, and the log is followed, until nothing is missing, or that many are held. */
  async worked(memory: RecordMemory<NamedRow>, size = 0): Promise<void> {
    for (let round = 0; round < 50; round += 1) {
      if (memory.missing === 0 && memory.size >= size) return;
      await this.scheduler.advance(1_000);
      this.follow();
      await settled();
    }
  }

  private async read(ids: readonly string[]): Promise<ReadonlyMap<string, NamedRow>> {
    this.reads.push([...ids]);
    const found = new Map<string, NamedRow>();
    for (const id of ids) {
      const row = this.rows.get(id);
      if (row !== undefined) found.set(id, row);
    }
    await this.onRead();
    return found;
  }
}
