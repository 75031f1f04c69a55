import { Injectable } from '@nestjs/common';
import { CartPricing, ImaginedCarts, type Cart, type PricedCart } from '#libs/carts';
import { CustomerLookup, customersErrors } from '#libs/customers';
import { DatabaseClock, PrimaryReader } from '#libs/database';
import type { Money } from '#libs/kernel';
import { CheckoutPlanning, type CheckoutPlan } from '../../storefront/checkout-planning.js';
import { agreedByVariant } from './agreed-by-variant.js';
import type { StaffOrder } from './staff-order.js';

/** An order of staff that was worked out from memory. */
export interface StaffOrderPlan extends CheckoutPlan {
  /** What one piece would have cost, by SKU, of what has an agreed price; what is not listed is not there. */
  readonly listed: ReadonlyMap<string, number>;
  /** The instant of its prices, in epoch milliseconds. */
  readonly at: number;
}

interface PreparedOrder {
  /** Stored nowhere yet. */
  readonly cart: Cart;
  /** What one piece costs instead of what is listed, by variant. */
  readonly agreed: ReadonlyMap<string, number>;
  /** By SKU. */
  readonly variants: ReadonlyMap<string, string>;
}

/** Makes of what staff order for somebody what a checkout is made of. Writes nothing. */
@Injectable()
export class StaffOrderPlanning {
  constructor(
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
    private readonly customers: CustomerLookup,
    private readonly carts: ImaginedCarts,
    private readonly pricing: CartPricing,
    private readonly planning: CheckoutPlanning,
  ) {}

  /**
   * What it comes to, by the totals of every cart; what it still lacks to be ordered is no error. Throws what
   * {@link ImaginedCarts.imagine} throws, `customers.customer-not-found` (also for one of another store, and one who was
   * erased), and `carts.items-refused` for a price of what is not ordered, or of what is stated twice.
   */
  async quote(storeCode: string, order: StaffOrder): Promise<PricedCart> {
    const { cart, agreed } = await this.prepare(storeCode, order);
    return this.pricing.price(cart, this.clock.wallMs(), { agreed });
  }

  /** Throws what {@link quote} throws, and what a checkout throws of a cart that cannot be ordered for this total. */
  async plan(storeCode: string, order: StaffOrder, expectedTotal: Money): Promise<StaffOrderPlan> {
    const at = this.clock.wallMs();
    const { cart, agreed, variants } = await this.prepare(storeCode, order);
    const plan = await this.planning.plan(cart, expectedTotal, at, agreed);
    const prices = await this.pricing.unitPrices(cart, [], at);
    const listed = order.agreedPrices.flatMap(({ sku }) => {
      const priceMinor = prices.get(variants.get(sku) ?? '');
      return priceMinor === undefined ? [] : [[sku, priceMinor] as const];
    });
    return { ...plan, listed: new Map(listed), at };
  }

  private async prepare(storeCode: string, order: StaffOrder): Promise<PreparedOrder> {
    const { cart, variants } = await this.carts.imagine(storeCode, order);
    const agreed = agreedByVariant(order, variants);
    const known = await this.emailOf(cart);
    const email = order.email ?? known;
    return { cart: { ...cart, email }, agreed, variants };
  }

  private async emailOf({ storeId, customerId }: Cart): Promise<string | null> {
    if (customerId === null) return null;
    const customer = await this.customers.findInStore(this.database, storeId, customerId);
    if (customer === undefined || customer.erasedAt !== null) {
      throw customersErrors.customerNotFound();
    }
    return customer.email;
  }
}
