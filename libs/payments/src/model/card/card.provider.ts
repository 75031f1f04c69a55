import { Injectable } from '@nestjs/common';
import type { PaymentProvider, RemotePayments } from '../provider/payment-provider.js';
import { CardPayments } from './card-payments.js';
import { StripeAccount } from './stripe-account.js';

/** Cards, through the provider whose account is configured; otherwise there is no such way to pay. */
@Injectable()
export class CardProvider implements PaymentProvider {
  readonly method = 'card';
  readonly isConfirmedByStaff = false;
  readonly isAvailable: boolean;
  readonly remote: RemotePayments | undefined;

  constructor(account: StripeAccount, payments: CardPayments) {
    this.isAvailable = account.card !== undefined;
    this.remote = this.isAvailable ? payments : undefined;
  }
}
