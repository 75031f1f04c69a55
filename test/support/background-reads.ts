import type { RunningReplica } from '#libs/testing';
import { storefrontPath, type PricedProduct } from './catalog-client.js';
import { ReplicaClient } from './replica-client.js';

export interface ReadReport {
  readonly requests: number;
  readonly failures: readonly string[];
  readonly maxMs: number;
  readonly p99Ms: number;
}

/** Told of every answer: which product it is about, what it says, and when its request began. */
export type AnswerListener = (product: PricedProduct, body: unknown, beganMs: number) => void;

/** Shoppers who read products at every replica, one after another, until they are stopped. */
export class BackgroundReads {
  private isOver = false;
  private requests = 0;
  private readonly tookMs: number[] = [];
  private readonly failures: string[] = [];
  private readonly loops: readonly Promise<void>[];

  constructor(
    replicas: readonly RunningReplica[],
    private readonly products: readonly PricedProduct[],
    private readonly onAnswer: AnswerListener = () => undefined,
  ) {
    this.loops = replicas.map((replica) => this.read(replica));
  }

  async stop(): Promise<ReadReport> {
    this.isOver = true;
    await Promise.all(this.loops);
    const sorted = Float64Array.from(this.tookMs).sort();
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return {
      requests: this.requests,
      failures: this.failures,
      maxMs: at(1),
      p99Ms: at(0.99),
    };
  }

  private async read(replica: RunningReplica): Promise<void> {
    const shop = new ReplicaClient(replica.url);
    for (let turn = 0; !this.isOver; turn += 1) {
      const product = this.products[turn % this.products.length];
      if (product === undefined) return;
      try {
        const beganMs = performance.now();
        const { status, body, tookMs } = await shop.get<unknown>(storefrontPath(product));
        if (status === 200) this.onAnswer(product, body, beganMs);
        else this.failures.push(`${replica.replica}: ${status}`);
        this.tookMs.push(tookMs);
      } catch (error) {
        this.failures.push(`${replica.replica}: ${String(error)}`);
      }
      this.requests += 1;
    }
  }
}
