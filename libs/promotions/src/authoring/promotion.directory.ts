import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import type { Promotion } from '../model/promotion.js';
import { promotionsErrors } from '../model/promotions.errors.js';
import { PromotionCountersRepository } from './promotion-counters.repository.js';
import {
  PromotionRepository,
  type PromotionFilter,
  type PromotionPosition,
} from './promotion.repository.js';

/** Promotions as the back office reads them, always within one store. */
@Injectable()
export class PromotionDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly promotions: PromotionRepository,
    private readonly counters: PromotionCountersRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `promotions.promotion-not-found`. */
  async get(storeCode: string, id: string): Promise<Promotion> {
    const store = await this.stores.getByCode(this.database, storeCode);
    const promotion = await this.promotions.find(this.database, store.id, id);
    if (promotion === undefined) throw promotionsErrors.promotionNotFound();
    return promotion;
  }

  /** How many orders have used it. */
  usesOf({ id }: Promotion): Promise<number> {
    return this.counters.usesOf(this.database, id);
  }

  /** Newest first, at most `limit` behind `after`. Throws `catalog.store-not-found`. */
  async list(
    storeCode: string,
    filter: PromotionFilter,
    after: PromotionPosition | undefined,
    limit: number,
  ): Promise<Promotion[]> {
    const store = await this.stores.getByCode(this.database, storeCode);
    return this.promotions.list(this.database, store.id, filter, after, limit);
  }
}
