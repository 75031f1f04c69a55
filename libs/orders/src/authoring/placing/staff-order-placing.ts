import { Injectable } from '@nestjs/common';
import type { ReadPlan } from '#libs/cache';
import { CartRepository, hashOfToken, newToken } from '#libs/carts';
import { CustomerLookup, customersErrors } from '#libs/customers';
import type { Transaction } from '#libs/database';
import { currentContext } from '#libs/kernel';
import { OrderPlacing, type PlacedOrder } from '../../storefront/order-placing.js';
import type { StaffOrderPlan } from './staff-order-planning.js';
import { reasonOfPrices, type StaffOrder } from './staff-order.js';

/** The part of an order of staff inside its unit of work. */
@Injectable()
export class StaffOrderPlacing {
  constructor(
    private readonly carts: CartRepository,
    private readonly customers: CustomerLookup,
    private readonly placing: OrderPlacing,
  ) {}

  /**
   * An order is made of a cart, so there is one for as long as the unit of work lasts, in which it is consumed: what
   * holds for every checkout holds here. Nobody is given its token; the mail has a link.
   */
  async place(
    tx: Transaction,
    plan: ReadPlan<StaffOrderPlan>,
    { agreedPrices }: StaffOrder,
  ): Promise<PlacedOrder> {
    const { priced, listed, at } = plan.value;
    const { id, storeId, storeCode, customerId, currency, locale } = priced.cart;
    const isGone = await this.customers.isErased(tx, customerId);
    if (isGone) throw customersErrors.customerNotFound();
    const token = newToken();
    // A customer has one open cart, which is theirs to go on with.
    const owner = { customerId: null, token };
    const cart = { id, storeId, storeCode, currency, locale, now: at, expiresAt: at };
    await this.carts.insert(tx, { ...cart, ...owner });
    const actor = currentContext()?.actor?.name ?? null;
    const placed = await this.placing.place(tx, plan, {
      tokenHash: hashOfToken(token),
      now: at,
      by: { actor, reason: reasonOfPrices(agreedPrices) },
    });
    tx.audit({
      action: 'orders:order:place',
      entity: 'order',
      entityId: placed.id,
      after: {
        number: placed.number,
        totalMinor: placed.totalMinor,
        currency: placed.currency,
        agreedPrices: agreedPrices.map((each) => ({
          ...each,
          listedMinor: listed.get(each.sku) ?? null,
        })),
      },
    });
    return placed;
  }
}
