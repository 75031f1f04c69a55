import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { dueMinor, type Payment } from '../payment.js';
import { CreditAccounts } from './credit-accounts.js';
import type { PaymentProvider } from './payment-provider.js';

/** On account: owed from the order on, against the credit of the customer where credit is kept. */
@Injectable()
export class InvoiceProvider implements PaymentProvider {
  readonly method = 'invoice';
  readonly isAvailable = true;
  readonly isConfirmedByStaff = true;
  readonly remote = undefined;

  constructor(private readonly credit: CreditAccounts) {}

  opened(tx: Transaction, payment: Payment): Promise<void> {
    return this.credit.charge(tx, payment);
  }

  async amended(tx: Transaction, before: Payment, after: Payment): Promise<void> {
    const amountMinor = after.amountMinor - before.amountMinor;
    const part = `amended-${after.version}`;
    if (amountMinor > 0) await this.credit.chargeMore(tx, after, { amountMinor, part });
    else await this.credit.release(tx, after, { amountMinor: -amountMinor, part });
  }

  async changed(tx: Transaction, before: Payment, after: Payment): Promise<void> {
    const isSettled = ({ state }: Payment) => state === 'captured' || state === 'voided';
    const waivedMinor = after.waivedMinor - before.waivedMinor;
    if (waivedMinor > 0) {
      const part = `waived-${after.version}`;
      await this.credit.release(tx, after, { amountMinor: waivedMinor, part });
    }
    if (isSettled(after) && !isSettled(before)) {
      await this.credit.release(tx, after, { amountMinor: dueMinor(after), part: null });
    }
  }
}
