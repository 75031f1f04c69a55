import { Module } from '@nestjs/common';
import { PromotionsModelModule } from '#libs/promotions';
import { CustomerAccessReader } from './customer-access.reader.js';
import { GroupBuyers } from './group-buyers.js';

/** Tells promotions and prices in which group a customer is, in both roles. Needs the database and cache modules. */
@Module({
  imports: [PromotionsModelModule],
  providers: [CustomerAccessReader, GroupBuyers],
  exports: [CustomerAccessReader],
})
export class BuyerGroupsModule {}
