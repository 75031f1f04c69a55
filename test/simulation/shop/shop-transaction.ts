import type { Cart } from '#libs/carts';
import type { Transaction } from '#libs/database';
import type { Order } from '../../../libs/orders/src/model/order.js';
import type { SqlAccess } from '../world/sql-access.js';
import type { SqlServer } from '../world/sql-server.js';
import { revisionsNow, type Revisions } from './shop-facts.js';
import type { ShopWrites } from './shop-tables.js';
import { standIn } from './stand-in.js';

/** What others had committed at an instant within a transaction. */
export interface Instant {
  readonly revisions: Revisions;
  readonly carts: ReadonlyMap<string, Cart>;
}

/** What a transaction writes that is of interest to the checker. */
export interface WrittenOrder {
  readonly cartId: string;
  readonly order: Order;
  /** All the instants at which its transaction looked at the database. */
  readonly instants: readonly Instant[];
}

const transactions = new WeakMap<Transaction, ShopTransaction>();

/** A unit of work of the shop; each statement is a way there and back, on which it can get lost. */
export class ShopTransaction {
  readonly asTransaction = standIn<Transaction>({
    enqueue: () => Promise.resolve('a job'),
    notify: () => undefined,
  });
  readonly orders: WrittenOrder[] = [];
  private readonly instants: Instant[] = [];

  constructor(
    private readonly sql: SqlServer,
    private readonly access: SqlAccess,
    readonly writes: ShopWrites,
  ) {
    transactions.set(this.asTransaction, this);
  }

  /** The one that the shop's code was given. */
  static of(tx: Transaction): ShopTransaction {
    const found = transactions.get(tx);
    if (found === undefined) throw new Error('not a transaction of the simulation');
    return found;
  }

  write(cartId: string, order: Order): void {
    const { id, totalMinor } = order;
    this.writes.orders.set(id, { id, cartId, totalMinor });
    this.orders.push({ cartId, order, instants: this.instants });
  }

  /** Rejects when the transaction has been ended from outside. */
  async statement<T>(label: string, run: () => T): Promise<T> {
    const seen = await this.access.query(label, () => {
      if (this.writes.isOver) return undefined;
      const { state, shop } = this.sql;
      this.instants.push({ revisions: revisionsNow(state.history), carts: new Map(shop.carts) });
      return { result: run() };
    });
    if (seen === undefined) throw new Error('the transaction was rolled back');
    return seen.result;
  }
}
