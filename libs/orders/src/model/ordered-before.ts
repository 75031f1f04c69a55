import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SqlQueries } from '#libs/database';
import { BuyerSources, customerKeyOf, type Buyer, type BuyerSource } from '#libs/promotions';
import { OrderLookup } from './order-lookup.js';

/** Tells promotions for the first order whether there is an earlier one. */
@Injectable()
export class OrderedBefore implements BuyerSource, OnModuleInit {
  constructor(
    private readonly sources: BuyerSources,
    private readonly orders: OrderLookup,
  ) {}

  onModuleInit(): void {
    this.sources.register(this);
  }

  async hasOrdered(queries: SqlQueries, buyer: Buyer): Promise<boolean> {
    const customerKey = customerKeyOf(buyer);
    if (customerKey === undefined) return false;
    return this.orders.hasOrdered(queries, buyer.storeId, customerKey);
  }
}
