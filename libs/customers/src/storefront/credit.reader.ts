import { Injectable } from '@nestjs/common';
import { PrimaryReader } from '#libs/database';
import { CreditLedger, type CreditAccountView } from '../model/credit-ledger.js';
import type { Shopper } from '../model/shopper.js';

/** Credit accounts as their customer sees them, from the database: what belongs to one person is cached nowhere. */
@Injectable()
export class CreditReader {
  constructor(
    private readonly database: PrimaryReader,
    private readonly ledger: CreditLedger,
  ) {}

  list({ customerId }: Shopper): Promise<readonly CreditAccountView[]> {
    return this.ledger.list(this.database, customerId);
  }
}
