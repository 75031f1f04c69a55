import { LockstepError } from '#libs/kernel';
import { planOrder } from '../../../libs/orders/src/storefront/checkout-plan.js';
import type { Order } from '../../../libs/orders/src/model/order.js';
import { factsOf } from '../shop/shop-facts.js';
import { shopPricing } from '../shop/shop-pricing.js';
import type { Instant, WrittenOrder } from '../shop/shop-transaction.js';
import type { ShopTables } from '../shop/shop-tables.js';
import type { Rule } from './violation.js';

/** Looks at every order at the moment it is committed. */
export class OrderChecker {
  placed = 0;
  private readonly underWay: Promise<void>[] = [];

  constructor(private readonly report: (rule: Rule, detail: string) => void) {}

  placing(shop: ShopTables, written: WrittenOrder): void {
    this.placed += 1;
    const { cartId } = written;
    // S4: whatever the keys, the retries, the replicas.
    if (shop.isOrdered(cartId)) {
      this.report('S4 one order for a cart', `${cartId} is ordered a second time`);
    }
    this.underWay.push(this.check(written));
  }

  /** Resolves when every order has been looked at. */
  async finish(): Promise<void> {
    await Promise.all(this.underWay.splice(0));
  }

  /** S3: at some instant of its transaction the database said, of everything, what the order says. */
  private async check({ cartId, order, instants }: WrittenOrder): Promise<void> {
    for (const instant of instants) if (await isAsOrdered(order, cartId, instant)) return;
    const lines = order.lines.map(({ quantity, name }) => `${quantity} x ${name}`).join(', ');
    this.report('S3 an order is what the database says', `${cartId} ordered as ${lines}`);
  }
}

/** Works the order out anew, with the same code and without a cache. */
async function isAsOrdered(order: Order, cartId: string, instant: Instant): Promise<boolean> {
  const cart = instant.carts.get(cartId);
  if (cart === undefined) return false;
  const { pricing } = shopPricing(factsOf(instant.revisions));
  const priced = await pricing.price(cart, order.placedAt);
  const paid = { amount: order.totalMinor, currency: order.currency };
  try {
    const planned = planOrder(priced, paid);
    const { id, number, awaits, plannedAt, placedAt, updatedAt, version, transitions, ...content } =
      order;
    const lines = content.lines.map((line) => ({ ...line, isStockTaken: false, takenFrom: [] }));
    return JSON.stringify(planned) === JSON.stringify({ ...content, lines });
  } catch (error) {
    if (error instanceof LockstepError) return false;
    throw error;
  }
}
