import { Module } from '@nestjs/common';
import { CreditLedger } from './credit-ledger.js';
import { CustomerLookup } from './customer-lookup.js';
import { ErasureObservers } from './erasure-observers.js';
import { MailTokenRepository } from './mail-token.repository.js';

/** What both roles use of customers. Needs the database module. */
@Module({
  providers: [CreditLedger, CustomerLookup, ErasureObservers, MailTokenRepository],
  exports: [CreditLedger, CustomerLookup, ErasureObservers, MailTokenRepository],
})
export class CustomersModelModule {}
