import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { newId } from '#libs/kernel';
import { StoreLookup } from '#libs/stores';
import type { ActivePromotion, PromotionContent } from '../model/promotion.js';
import { assertPromotionRules } from './assert-promotion-rules.js';
import { PromotionDirectory } from './promotion.directory.js';

/** Promotions as they are tried on carts: as if they were active. */
@Injectable()
export class PromotionDrafts {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly directory: PromotionDirectory,
  ) {}

  /** Throws `catalog.store-not-found`, `promotions.promotion-not-found`. */
  async get(storeCode: string, id: string): Promise<ActivePromotion> {
    const stored = await this.directory.get(storeCode, id);
    const { storeId: _, state, createdAt, updatedAt, ...promotion } = stored;
    return promotion;
  }

  /** One that is stored nowhere. Throws `catalog.store-not-found`, `promotions.promotion-invalid`. */
  async draft(storeCode: string, content: PromotionContent): Promise<ActivePromotion> {
    const store = await this.stores.getByCode(this.database, storeCode);
    assertPromotionRules(content, store);
    const { state: _, ...promotion } = content;
    return { ...promotion, id: newId(), version: 1 };
  }
}
