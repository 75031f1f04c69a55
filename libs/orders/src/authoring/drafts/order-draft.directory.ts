import { Injectable } from '@nestjs/common';
import { SqlReader, type SqlQueries } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import type { OrderPosition } from '../../model/order-lookup.js';
import { ordersErrors } from '../../model/orders.errors.js';
import type { OrderAddress } from '../order-changes.js';
import { OrderDraftRepository } from './order-draft.repository.js';
import type { OrderDraft } from './order-draft.js';

/** Drafts as the back office reads them, always within one store. */
@Injectable()
export class OrderDraftDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly drafts: OrderDraftRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `orders.draft-not-found`. */
  get(address: OrderAddress): Promise<OrderDraft> {
    return this.getWithin(this.database, address);
  }

  /** The same, as a unit of work sees it. */
  async getWithin(queries: SqlQueries, { storeCode, id }: OrderAddress): Promise<OrderDraft> {
    const store = await this.stores.getByCode(queries, storeCode);
    const draft = await this.drafts.find(queries, store.id, id);
    if (draft === undefined) throw ordersErrors.draftNotFound();
    return draft;
  }

  /** Newest first, at most `limit` behind `after`. Throws `catalog.store-not-found`. */
  async list(
    storeCode: string,
    after: OrderPosition | undefined,
    limit: number,
  ): Promise<OrderDraft[]> {
    const store = await this.stores.getByCode(this.database, storeCode);
    return this.drafts.list(this.database, store.id, after, limit);
  }
}
