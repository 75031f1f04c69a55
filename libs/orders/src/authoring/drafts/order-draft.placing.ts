import { Injectable } from '@nestjs/common';
import { Follower, planFromCache } from '#libs/cache';
import { IdempotentUnitOfWork, PrimaryReader } from '#libs/database';
import { staleVersion, type Money } from '#libs/kernel';
import { ordersErrors } from '../../model/orders.errors.js';
import type { PlacedOrder } from '../../storefront/order-placing.js';
import { untilPlanHolds } from '../../storefront/until-plan-holds.js';
import type { OrderAddress } from '../order-changes.js';
import { StaffOrderPlacing } from '../placing/staff-order-placing.js';
import { StaffOrderPlanning } from '../placing/staff-order-planning.js';
import { OrderDraftDirectory } from './order-draft.directory.js';
import { OrderDraftRepository } from './order-draft.repository.js';

export interface DraftPlacement {
  readonly key: string;
  readonly version: number;
  readonly expectedTotal: Money;
}

/**
 * Makes the order that a draft prepared, by what places every order of staff. The draft is consumed in the same unit of
 * work, so it becomes one order at most, whoever asks with whatever keys; the same request is answered the same.
 *
 * Throws what placing an order of staff throws, `orders.draft-not-found` and `http.stale-version`.
 */
@Injectable()
export class OrderDraftPlacing {
  constructor(
    private readonly idempotent: IdempotentUnitOfWork,
    private readonly database: PrimaryReader,
    private readonly follower: Follower,
    private readonly directory: OrderDraftDirectory,
    private readonly drafts: OrderDraftRepository,
    private readonly planning: StaffOrderPlanning,
    private readonly placing: StaffOrderPlacing,
  ) {}

  place(
    address: OrderAddress,
    { key, version, expectedTotal }: DraftPlacement,
  ): Promise<PlacedOrder> {
    const body = { ...address, version, expectedTotal: { ...expectedTotal } };
    const identified = { scope: `order-draft:${address.id}`, key, body };
    return this.idempotent.exclusively(identified, () =>
      untilPlanHolds(this.follower, async () => {
        const earlier = await this.idempotent.findAnswer<PlacedOrder>(this.database, identified);
        if (earlier !== undefined) return earlier;
        const draft = await this.directory.getWithin(this.database, address);
        if (draft.version !== version) throw staleVersion(draft.version);
        const plan = await planFromCache(
          () => this.follower.applied,
          () => this.planning.plan(address.storeCode, draft.order, expectedTotal),
        );
        return this.idempotent.run(identified, async (tx) => {
          if (!(await this.drafts.tryRemove(tx, draft))) throw ordersErrors.draftNotFound();
          return this.placing.place(tx, plan, draft.order);
        });
      }),
    );
  }
}
