import type { Cart } from '#libs/carts';
import type { PlacedOrder } from '../../../libs/orders/src/storefront/order-placing.js';

/** An order as it was written. */
export interface StoredOrder {
  readonly id: string;
  readonly cartId: string;
  readonly totalMinor: number;
}

/** All that a shop has committed. */
export interface ShopContent {
  readonly carts: ReadonlyMap<string, Cart>;
  readonly orders: ReadonlyMap<string, StoredOrder>;
  /** What requests were answered, by cart and key. */
  readonly answers: ReadonlyMap<string, PlacedOrder>;
}

/** A transaction of the shop, as the database sees it. */
export interface ShopWrites {
  readonly heldCarts: Set<string>;
  readonly carts: Map<string, Cart>;
  readonly orders: Map<string, StoredOrder>;
  readonly answers: Map<string, PlacedOrder>;
  isOver: boolean;
}

/** Carts, orders and kept answers of the primary database: row locks, commits, backup and restore. */
export class ShopTables implements ShopContent {
  readonly carts = new Map<string, Cart>();
  readonly orders = new Map<string, StoredOrder>();
  readonly answers = new Map<string, PlacedOrder>();
  /** Counts the restores: what was answered before one may be gone. */
  restores = 0;
  private readonly open = new Set<ShopWrites>();

  begin(): ShopWrites {
    const writes: ShopWrites = {
      heldCarts: new Set(),
      carts: new Map(),
      orders: new Map(),
      answers: new Map(),
      isOver: false,
    };
    this.open.add(writes);
    return writes;
  }

  isOrdered(cartId: string): boolean {
    return [...this.orders.values()].some((order) => order.cartId === cartId);
  }

  /** Whether the row is held by a transaction other than this one. */
  isHeld(cartId: string, by?: ShopWrites): boolean {
    return [...this.open].some((each) => each !== by && each.heldCarts.has(cartId));
  }

  /** False when the transaction is over already. */
  commit(writes: ShopWrites): boolean {
    if (writes.isOver) return false;
    this.end(writes);
    for (const [id, cart] of writes.carts) this.carts.set(id, cart);
    for (const [id, order] of writes.orders) this.orders.set(id, order);
    for (const [key, answer] of writes.answers) this.answers.set(key, answer);
    return true;
  }

  end(writes: ShopWrites): void {
    writes.isOver = true;
    this.open.delete(writes);
  }

  backup(): ShopContent {
    return {
      carts: new Map(this.carts),
      orders: new Map(this.orders),
      answers: new Map(this.answers),
    };
  }

  restore({ carts, orders, answers }: ShopContent): void {
    for (const writes of this.open) this.end(writes);
    this.restores += 1;
    refill(this.carts, carts);
    refill(this.orders, orders);
    refill(this.answers, answers);
  }
}

function refill<T>(table: Map<string, T>, content: ReadonlyMap<string, T>): void {
  table.clear();
  for (const [key, value] of content) table.set(key, value);
}
