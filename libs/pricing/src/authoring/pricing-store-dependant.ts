import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { StoreDependants, type Store, type StoreDependant } from '#libs/stores';
import { PriceListRepository } from './price-list.repository.js';

/** Price lists go with their store; what keeps a store and its currencies are the products that are priced. */
@Injectable()
export class PricingStoreDependant implements StoreDependant, OnModuleInit {
  constructor(
    private readonly dependants: StoreDependants,
    private readonly lists: PriceListRepository,
  ) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  removeRowsOf(tx: Transaction, { id }: Store): Promise<void> {
    return this.lists.removeAll(tx, id);
  }
}
