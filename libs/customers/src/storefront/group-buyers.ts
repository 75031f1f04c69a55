import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BuyerSources, type Buyer, type BuyerSource } from '#libs/promotions';
import { CustomerAccessReader } from './customer-access.reader.js';

/**
 * Tells promotions in which group a customer is. Read through the cache, so that what was planned for a group
 * no longer holds once staff have changed it.
 */
@Injectable()
export class GroupBuyers implements BuyerSource, OnModuleInit {
  constructor(
    private readonly sources: BuyerSources,
    private readonly customers: CustomerAccessReader,
  ) {}

  onModuleInit(): void {
    this.sources.register(this);
  }

  async groupsOf({ customerId, storeId }: Buyer): Promise<readonly string[]> {
    if (customerId === null) return [];
    const customer = await this.customers.find(customerId);
    if (customer === undefined || customer.storeId !== storeId) return [];
    return customer.group === null ? [] : [customer.group];
  }
}
