import { Injectable } from '@nestjs/common';
import { Follower, planFromCache } from '#libs/cache';
import { IdempotentUnitOfWork, PrimaryReader } from '#libs/database';
import type { JsonValue, Money } from '#libs/kernel';
import { untilPlanHolds } from '../../storefront/until-plan-holds.js';
import type { OrderAddress } from '../order-changes.js';
import { OrderEditPlanning } from './order-edit-planning.js';
import { OrderEditWriting } from './order-edit-writing.js';
import type { OrderEdit } from './order-edit.js';

/** What an edit brought about. */
export type EditedOrder = {
  readonly id: string;
  readonly version: number;
  readonly totalMinor: number;
  /** To what it came to before. */
  readonly differenceMinor: number;
  readonly currency: string;
};

/**
 * Edits of orders that nothing was shipped or cancelled of: lines, stock, totals, taxes, what is owed, history and
 * mail in one unit of work. It is planned as a checkout is, for the version that the staff have seen.
 *
 * The same request (order, key, version, edit, total) is carried out once and answered the same. Throws what
 * {@link OrderEditPlanning.plan} throws, `customers.customer-not-found` for one who was erased, `inventory.not-enough`, `customers.credit-exceeded`, `payments.step-refused` for a total that the
 * payment cannot follow ({@link PaymentRequests.amend}), `idempotency.*`, and `orders.keeps-changing`.
 */
@Injectable()
export class OrderEditEditor {
  constructor(
    private readonly idempotent: IdempotentUnitOfWork,
    private readonly database: PrimaryReader,
    private readonly planning: OrderEditPlanning,
    private readonly writing: OrderEditWriting,
    private readonly follower: Follower,
  ) {}

  edit(
    address: OrderAddress,
    edit: OrderEdit,
    request: { readonly key: string; readonly version: number; readonly expectedTotal: Money },
  ): Promise<EditedOrder> {
    const { key, ...agreed } = request;
    // What is undefined is not there for JSON.
    const body = JSON.parse(JSON.stringify({ edit, ...agreed, ...address })) as JsonValue;
    const identified = { scope: `order-edit:${address.id}`, key, body };
    return this.idempotent.exclusively(identified, () =>
      untilPlanHolds(this.follower, async () => {
        const earlier = await this.idempotent.findAnswer<EditedOrder>(this.database, identified);
        if (earlier !== undefined) return earlier;
        const plan = await planFromCache(
          () => this.follower.applied,
          () => this.planning.plan(address, edit, agreed),
        );
        return this.idempotent.run(identified, async (tx) => {
          const { id, version, totalMinor, currency } = await this.writing.write(tx, plan, edit);
          const differenceMinor = totalMinor - plan.value.order.totalMinor;
          return { id, version, totalMinor, differenceMinor, currency };
        });
      }),
    );
  }
}
