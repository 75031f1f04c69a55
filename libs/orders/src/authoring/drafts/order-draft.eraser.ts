import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ErasureObservers, type ErasureObserver } from '#libs/customers';
import {
  deleteRows,
  PlatformPruner,
  type PrunesPlatform,
  type RowOf,
  sql,
  type Transaction,
  UnitOfWork,
} from '#libs/database';
import type { OrderDraftEntity } from '../../model/drafts/order-draft.entity.js';
import { holdDraftsOf } from './hold-drafts-of.js';
import { OrderDraftRepository } from './order-draft.repository.js';

const DRAFTS_PER_BATCH = 500;

/** Drafts go with the person they are for; those of guests, whom nobody erases, when they have not been written for long. */
@Injectable()
@PlatformPruner('order-drafts')
export class OrderDraftEraser implements ErasureObserver, PrunesPlatform, OnModuleInit {
  constructor(
    private readonly observers: ErasureObservers,
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: OrderDraftRepository,
  ) {}

  onModuleInit(): void {
    this.observers.register('orders', this);
  }

  async customerErased(tx: Transaction, customerId: string): Promise<void> {
    await holdDraftsOf(tx, customerId);
    await this.drafts.removeOf(tx, customerId);
  }

  pruneBatch(now: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const expired = await tx.query<RowOf<OrderDraftEntity, 'id'>>(sql`
        SELECT id
        FROM order_draft
        WHERE expires_at < ${now}
        ORDER BY expires_at, id
        ${sql.limit(DRAFTS_PER_BATCH)}`);
      const ids = expired.map(({ id }) => id);
      await deleteRows(tx, 'order_draft', 'id', ids);
      return ids.length;
    });
  }
}
