import { Module } from '@nestjs/common';
import { PromotionsModelModule } from '#libs/promotions';
import { CreditLedger } from './credit-ledger.js';
import { CustomerLookup } from './customer-lookup.js';
import { GroupBuyers } from './group-buyers.js';
import { MailTokenRepository } from './mail-token.repository.js';

/** What both roles use of customers. Needs the database module. */
@Module({
  imports: [PromotionsModelModule],
  providers: [GroupBuyers, CreditLedger, CustomerLookup, MailTokenRepository],
  exports: [CreditLedger, CustomerLookup, MailTokenRepository],
})
export class CustomersModelModule {}
