import { eventually } from '#libs/testing';
import type { Written } from './catalog-client.js';
import type { PriceBook } from './price-book.js';
import type { ReplicaClient } from './replica-client.js';

export interface WriteReport {
  readonly writes: number;
  readonly failures: readonly string[];
  readonly maxMs: number;
  readonly lastCommittedMs: number;
}

const WRITERS = 4;
/** Hundreds of writes on a machine that is busy with everything else. */
const REACHED_WITHIN_MS = 180_000;

/** The back office: several writers who change prices as fast as they are answered, each with products of their own. */
export class PriceWriters {
  private isOver = false;
  private first = 0;
  private writes = 0;
  private maxMs = 0;
  private lastCommittedMs = 0;
  private readonly failures: string[] = [];
  private loops: readonly Promise<void>[] = [];

  constructor(private readonly book: PriceBook) {}

  /** Harmless when repeated. */
  start(): void {
    if (this.loops.length > 0) return;
    this.loops = Array.from({ length: WRITERS }, (_unused, writer) => this.write(writer));
  }

  /** One write at another replica. Nobody else may be writing this product. */
  async writeOnce(index: number, client: ReplicaClient): Promise<void> {
    this.note(await this.book.raise(index, client));
  }

  /** Resolves when so many more have been written. Rejects when a write has failed. */
  async more(writes: number): Promise<void> {
    const goal = this.writes + writes;
    const isDone = () => this.writes >= goal || this.failures.length > 0;
    await eventually(`${writes} more writes`, isDone, { withinMs: REACHED_WITHIN_MS });
    if (this.failures.length > 0) throw new Error(this.failures[0]);
  }

  /** From now on only the second half of the products is changed: nothing covers up for what the others have missed. */
  leaveFirstHalf(): void {
    this.first = Math.floor(this.book.products.length / 2);
  }

  async stop(): Promise<WriteReport> {
    this.isOver = true;
    await Promise.all(this.loops);
    const { writes, failures, maxMs, lastCommittedMs } = this;
    return { writes, failures, maxMs, lastCommittedMs };
  }

  private async write(writer: number): Promise<void> {
    const { length } = this.book.products;
    for (let turn = writer; !this.isOver; turn += WRITERS) {
      // Whole rounds: a writer meets no product of another one.
      const index = turn % (length - (length % WRITERS));
      if (index < this.first) continue;
      try {
        this.note(await this.book.raise(index));
      } catch (error) {
        this.failures.push(String(error));
        return;
      }
    }
  }

  private note({ reply }: Written): void {
    this.maxMs = Math.max(this.maxMs, reply.tookMs);
    this.lastCommittedMs = performance.now();
    this.writes += 1;
  }
}
