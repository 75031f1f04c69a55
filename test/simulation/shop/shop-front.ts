import type { CartAddress } from '#libs/carts';
import type { Follower } from '#libs/cache';
import type { DatabaseClock, InvalidationLog, PrimaryReader } from '#libs/database';
import type { StockTaker } from '#libs/inventory';
import type { Payment, PaymentLedger } from '#libs/payments';
import type { PromotionUses } from '#libs/promotions';
import type { RuntimeSettingsReader } from '#libs/scaling';
import { Checkout } from '../../../libs/orders/src/storefront/checkout.js';
import { CheckoutPlanning } from '../../../libs/orders/src/storefront/checkout-planning.js';
import { OrderPlacing } from '../../../libs/orders/src/storefront/order-placing.js';
import type { OrderRepository } from '../../../libs/orders/src/storefront/order.repository.js';
import { PlanCheck } from '../../../libs/orders/src/storefront/plan-check.js';
import { ShopCarts } from './shop-carts.js';
import { factsInMemory } from './shop-facts.js';
import { shopPricing } from './shop-pricing.js';
import { ShopTransaction } from './shop-transaction.js';
import { ShopUnitOfWork, type ShopDatabase } from './shop-unit-of-work.js';
import type { SimulatedReaders } from '../world/simulated-readers.js';
import { standIn } from './stand-in.js';

export interface ShopFront {
  readonly checkout: Checkout;
  /** What a cart comes to, as its shopper is shown. */
  totalOf(address: CartAddress): Promise<number>;
}

/**
 * The production checkout of one replica: planning, validation, placing and retries as they are, on
 * the readers of the replica and on carts, orders and kept answers of the simulated database.
 */
export function shopFront(
  database: ShopDatabase,
  readers: SimulatedReaders,
  follower: Follower,
): ShopFront {
  const { agenda, sql } = database;
  const carts = new ShopCarts(database);
  const primary = standIn<PrimaryReader>({});
  const { pricing, settings } = shopPricing(factsInMemory(readers));
  const switches = standIn<RuntimeSettingsReader>({ isOn: () => Promise.resolve(true) });
  const clock = standIn<DatabaseClock>({ wallMs: () => agenda.nowMs });
  const planning = new CheckoutPlanning(primary, clock, carts, pricing, settings, switches);
  const log = standIn<InvalidationLog>({
    readWithin: (tx, position, limit) =>
      ShopTransaction.of(tx).statement(`log within, after ${position}`, () => {
        const { prunedTo } = sql.state;
        const records = sql.state.rowsAfter(position, limit);
        return { records, prunedTo: prunedTo > position ? prunedTo : 0 };
      }),
  });
  const stock = standIn<StockTaker>({
    take: (_tx, _storeId, lines) =>
      Promise.resolve(
        new Map(
          lines.map(({ variantId, quantity }) => [variantId, [{ locationId: 'main', quantity }]]),
        ),
      ),
  });
  const orders = standIn<OrderRepository>({
    insert: (tx, order, { cartId }) => {
      const transaction = ShopTransaction.of(tx);
      return transaction.statement(`writes an order of ${cartId}`, () => {
        transaction.write(cartId, order);
      });
    },
  });
  const placing = new OrderPlacing(
    carts,
    stock,
    standIn<PromotionUses>({ claim: () => Promise.resolve(true) }),
    orders,
    new PlanCheck(log),
    standIn<PaymentLedger>({ open: () => Promise.resolve({ state: 'pending' } as Payment) }),
  );
  const idempotent = new ShopUnitOfWork(database);
  return {
    checkout: new Checkout(idempotent, primary, planning, placing, follower),
    totalOf: async (address) => {
      const { cart, now } = await planning.begin(address);
      return (await pricing.price(cart, now)).totals.totalMinor;
    },
  };
}
