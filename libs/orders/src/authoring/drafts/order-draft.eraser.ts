import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ErasureObservers, type ErasureObserver } from '#libs/customers';
import {
  deleteBatch,
  PlatformPruner,
  type PrunesPlatform,
  sql,
  type Transaction,
  UnitOfWork,
} from '#libs/database';
import { holdDraftsOf } from './hold-drafts-of.js';
import { OrderDraftRepository } from './order-draft.repository.js';

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
    const condition = sql`expires_at < ${now}`;
    return this.unitOfWork.run(async (tx) => {
      const gone = await deleteBatch<string>(tx, { table: 'order_draft', key: 'id', condition });
      return gone.length;
    });
  }
}
