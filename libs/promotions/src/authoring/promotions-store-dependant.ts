import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { StoreDependants, type Store, type StoreDependant } from '#libs/stores';
import { PromotionRepository } from './promotion.repository.js';

/** Promotions go with their store, and keep the currencies that their amounts are in. */
@Injectable()
export class PromotionsStoreDependant implements StoreDependant, OnModuleInit {
  constructor(
    private readonly dependants: StoreDependants,
    private readonly promotions: PromotionRepository,
  ) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  usesWhatIsLost(tx: Transaction, { id }: Store, after: Store): Promise<boolean> {
    return this.promotions.hasOtherCurrency(tx, id, after.currencies);
  }

  removeRowsOf(tx: Transaction, { id }: Store): Promise<void> {
    return this.promotions.removeAll(tx, id);
  }
}
