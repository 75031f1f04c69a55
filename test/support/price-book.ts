import { setPrice, type PricedProduct, type Written } from './catalog-client.js';
import type { ReplicaClient } from './replica-client.js';

interface Change {
  readonly amount: number;
  /** When the answer to the write arrived, which follows the commit. */
  readonly committedMs: number;
}

/** Above what products are created with. */
const FIRST_AMOUNT = 10_000;

/** What products cost, and since when: judges how old an answer about one of them is. */
export class PriceBook {
  private readonly changes = new Map<string, Change[]>();
  private amount = FIRST_AMOUNT;

  constructor(
    private readonly writer: ReplicaClient,
    private readonly listed: PricedProduct[],
  ) {}

  get products(): readonly PricedProduct[] {
    return this.listed;
  }

  /** Writes a higher price. No two at a time for one product: each write names the version before. */
  async raise(index: number, writer = this.writer): Promise<Written> {
    this.amount += 1;
    const { amount } = this;
    const written = await setPrice(writer, this.listed[index]!, amount);
    const committedMs = performance.now();
    this.listed[index] = written.product;
    const { id } = written.product;
    this.changes.set(id, [...(this.changes.get(id) ?? []), { amount, committedMs }]);
    return written;
  }

  /** For how long the shown price had been replaced when the request began; 0 when it had not been. */
  ageMs({ id }: PricedProduct, shown: number | undefined, beganMs: number): number {
    const next = this.changes.get(id)?.find(({ amount }) => amount > (shown ?? 0));
    return next === undefined ? 0 : Math.max(0, beganMs - next.committedMs);
  }

  /** The last committed price of every product that was changed. */
  current(): ReadonlyMap<PricedProduct, number> {
    const known = this.listed.flatMap((product) => {
      const last = this.changes.get(product.id)?.at(-1);
      return last === undefined ? [] : [[product, last.amount] as const];
    });
    return new Map(known);
  }
}
