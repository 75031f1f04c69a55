import { Injectable } from '@nestjs/common';
import { CustomerLookup, customersErrors } from '#libs/customers';
import { DatabaseClock, type Transaction, UnitOfWork } from '#libs/database';
import { currentContext, newId, staleVersion } from '#libs/kernel';
import { StoreLookup } from '#libs/stores';
import type { OrderAddress } from '../order-changes.js';
import { holdDraftsOf } from './hold-drafts-of.js';
import { OrderDraftDirectory } from './order-draft.directory.js';
import { OrderDraftRepository } from './order-draft.repository.js';
import { DRAFT_LIFE_MS, type DraftContent, type OrderDraft } from './order-draft.js';

/**
 * What staff do to drafts; one unit of work each. The audit log says who did it, and nothing of the person it is for.
 * All of it throws `catalog.store-not-found`, and `customers.customer-not-found` for one of another store or who was erased.
 */
@Injectable()
export class OrderDraftEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreLookup,
    private readonly customers: CustomerLookup,
    private readonly directory: OrderDraftDirectory,
    private readonly drafts: OrderDraftRepository,
  ) {}

  create(storeCode: string, content: DraftContent): Promise<OrderDraft> {
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, storeCode);
      await this.assertKnown(tx, store.id, content);
      const now = this.clock.wallMs();
      const draft: OrderDraft = {
        ...content,
        id: newId(),
        storeId: store.id,
        author: currentContext()?.actor?.name ?? null,
        version: 1,
        createdAt: now,
        updatedAt: now,
        expiresAt: now + DRAFT_LIFE_MS,
      };
      await this.drafts.insert(tx, storeCode, draft);
      audit(tx, draft.id, 'create');
      return draft;
    });
  }

  /** Throws `orders.draft-not-found` and `http.stale-version`. */
  replace(address: OrderAddress, version: number, content: DraftContent): Promise<OrderDraft> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.directory.getWithin(tx, address);
      await this.assertKnown(tx, before.storeId, content);
      const now = this.clock.wallMs();
      const after: OrderDraft = {
        ...before,
        ...content,
        version: version + 1,
        updatedAt: now,
        expiresAt: now + DRAFT_LIFE_MS,
      };
      if (!(await this.drafts.tryReplace(tx, after))) throw staleVersion(before.version);
      audit(tx, after.id, 'update');
      return after;
    });
  }

  /** Throws `orders.draft-not-found` and `http.stale-version`. */
  remove(address: OrderAddress, version: number): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const draft = await this.directory.getWithin(tx, address);
      const isRemoved = draft.version === version && (await this.drafts.tryRemove(tx, draft));
      if (!isRemoved) throw staleVersion(draft.version);
      audit(tx, draft.id, 'delete');
    });
  }

  private async assertKnown(tx: Transaction, storeId: string, { order }: DraftContent) {
    const { customerId } = order;
    if (customerId === null) return;
    await holdDraftsOf(tx, customerId);
    const customer = await this.customers.findInStore(tx, storeId, customerId);
    if (customer === undefined || customer.erasedAt !== null) {
      throw customersErrors.customerNotFound();
    }
  }
}

function audit(tx: Transaction, entityId: string, what: 'create' | 'update' | 'delete'): void {
  tx.audit({ action: `orders:draft:${what}`, entity: 'order-draft', entityId });
}
