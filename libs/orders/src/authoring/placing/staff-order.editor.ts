import { Injectable } from '@nestjs/common';
import { Follower, planFromCache } from '#libs/cache';
import { IdempotentUnitOfWork, PrimaryReader } from '#libs/database';
import type { JsonValue, Money } from '#libs/kernel';
import type { PlacedOrder } from '../../storefront/order-placing.js';
import { untilPlanHolds } from '../../storefront/until-plan-holds.js';
import { StaffOrderPlacing } from './staff-order-placing.js';
import { StaffOrderPlanning } from './staff-order-planning.js';
import type { StaffOrder } from './staff-order.js';

/**
 * Orders that staff place for somebody: planned from memory and placed by the unit of work of every checkout, with its
 * number, stock, limits of promotions, payment and mail. Agreed prices stand in the history and in the audit log.
 *
 * The same request (store, key, order, total) is carried out once and answered the same. Throws what
 * {@link StaffOrderPlanning.plan} throws, `inventory.not-enough`, `customers.credit-exceeded`, `idempotency.*`, and
 * `orders.keeps-changing` when the plan was overtaken five times.
 */
@Injectable()
export class StaffOrderEditor {
  constructor(
    private readonly idempotent: IdempotentUnitOfWork,
    private readonly database: PrimaryReader,
    private readonly planning: StaffOrderPlanning,
    private readonly placing: StaffOrderPlacing,
    private readonly follower: Follower,
  ) {}

  place(
    storeCode: string,
    order: StaffOrder,
    { key, expectedTotal }: { readonly key: string; readonly expectedTotal: Money },
  ): Promise<PlacedOrder> {
    // What is undefined is not there for JSON.
    const body = JSON.parse(JSON.stringify({ order, expectedTotal })) as JsonValue;
    const identified = { scope: `staff-order:${storeCode}`, key, body };
    return this.idempotent.exclusively(identified, () =>
      untilPlanHolds(this.follower, async () => {
        const earlier = await this.idempotent.findAnswer<PlacedOrder>(this.database, identified);
        if (earlier !== undefined) return earlier;
        const plan = await planFromCache(
          () => this.follower.applied,
          () => this.planning.plan(storeCode, order, expectedTotal),
        );
        return this.idempotent.run(identified, (tx) => this.placing.place(tx, plan, order));
      }),
    );
  }
}
