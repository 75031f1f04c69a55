import { Module } from '@nestjs/common';
import { CreditLedger } from './credit-ledger.js';
import { CustomerLookup } from './customer-lookup.js';
import { MailTokenRepository } from './mail-token.repository.js';

/** What both roles use of customers. Needs the database module. */
@Module({
  providers: [CreditLedger, CustomerLookup, MailTokenRepository],
  exports: [CreditLedger, CustomerLookup, MailTokenRepository],
})
export class CustomersModelModule {}
