import { CartRepository, cartsErrors, type Cart, type CartAddress } from '#libs/carts';
import { StockHolds } from '#libs/inventory';
import type { SqlQueries, Transaction } from '#libs/database';
import type { ShopDatabase } from './shop-unit-of-work.js';
import { ShopTransaction } from './shop-transaction.js';

const MAX_TURNS = 20;

/** Carts in the simulated database: read, and consumed under the lock of their row. */
export class ShopCarts extends CartRepository {
  constructor(private readonly database: ShopDatabase) {
    super(new StockHolds());
  }

  override async get(_queries: SqlQueries, { id }: CartAddress): Promise<Cart> {
    const { access, sql } = this.database;
    const cart = await access.query(`cart ${id}`, () => sql.shop.carts.get(id));
    if (cart === undefined) throw cartsErrors.cartNotFound();
    return cart;
  }

  override async consume(tx: Transaction, cart: Cart): Promise<boolean> {
    const { shop } = this.database.sql;
    const transaction = ShopTransaction.of(tx);
    const { writes } = transaction;
    for (let turn = 0; turn < MAX_TURNS; turn += 1) {
      const isConsumed = await transaction.statement(`consumes cart ${cart.id}`, () => {
        if (shop.isHeld(cart.id, writes)) return undefined;
        writes.heldCarts.add(cart.id);
        const current = shop.carts.get(cart.id);
        if (current?.state !== 'open' || current.version !== cart.version) return false;
        writes.carts.set(cart.id, { ...current, state: 'ordered', version: cart.version + 1 });
        return true;
      });
      if (isConsumed !== undefined) return isConsumed;
    }
    throw new Error('the row of the cart stays locked');
  }
}
