import { Injectable } from '@nestjs/common';
import {
  CartPricing,
  CartRepository,
  type Cart,
  type CartAddress,
  type PricedCart,
} from '#libs/carts';
import { DatabaseClock, PrimaryReader } from '#libs/database';
import type { Money } from '#libs/kernel';
import { RuntimeSettingsReader } from '#libs/scaling';
import { StoreSettingsReader } from '#libs/stores';
import { planOrder, type PlannedOrder } from './checkout-plan.js';

/** An order that was worked out from memory, and what placing it needs. */
export interface CheckoutPlan {
  readonly priced: PricedCart;
  readonly order: PlannedOrder;
  readonly numberPrefix: string;
  /** Whether its stock is taken with it; else it is accepted, and a job takes it. */
  readonly takesStock: boolean;
}

/** The part of a checkout before its unit of work: from memory, without effects. */
@Injectable()
export class CheckoutPlanning {
  constructor(
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
    private readonly carts: CartRepository,
    private readonly pricing: CartPricing,
    private readonly settings: StoreSettingsReader,
    private readonly switches: RuntimeSettingsReader,
  ) {}

  /** Throws `carts.cart-not-found`, also for a wrong token. */
  async begin(address: CartAddress): Promise<{ readonly cart: Cart; readonly now: number }> {
    const now = this.clock.wallMs();
    const cart = await this.carts.get(this.database, address, now);
    return { cart: { ...cart, customerId: ownerOf(cart, address) }, now };
  }

  /** `agreed`: what one piece costs instead of what is listed, by variant. */
  async plan(
    cart: Cart,
    expectedTotal: Money,
    now: number,
    agreed?: ReadonlyMap<string, number>,
  ): Promise<CheckoutPlan> {
    const sales = await this.settings.get(cart.storeCode, 'sales');
    const priced = await this.pricing.price(cart, now, { agreed });
    const order = planOrder(priced, expectedTotal);
    const takesStock = await this.switches.isOn('stockAtCheckout');
    return { priced, order, numberPrefix: sales.orderNumberPrefix, takesStock };
  }
}

/** A guest's cart that a customer orders who has signed in since is their order, at their own store. */
function ownerOf(cart: Cart, { customer }: CartAddress): string | null {
  if (cart.customerId !== null) return cart.customerId;
  return customer?.storeId === cart.storeId ? customer.customerId : null;
}
