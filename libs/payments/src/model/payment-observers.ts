import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import type { PaymentChange } from './payment-ledger.js';

/** What happened, for the history of the order. */
export type PaymentHappening =
  | 'payment-authorised'
  | 'payment-captured'
  | 'capture-failed'
  | 'payment-voided'
  | 'refund-at-provider'
  | 'refund-succeeded'
  | 'refund-failed';

/** Who keeps orders, and has to know when their money moved without staff doing it in the same moment. */
export interface PaymentObserver {
  /** In the transaction of the change, with the payment held. */
  paymentChanged(
    tx: Transaction,
    change: PaymentChange,
    happening: PaymentHappening,
  ): Promise<void>;
}

/** The observers register when their modules start, so that payments name no table of orders. */
@Injectable()
export class PaymentObservers {
  private readonly all: PaymentObserver[] = [];

  register(observer: PaymentObserver): void {
    this.all.push(observer);
  }

  async tell(tx: Transaction, change: PaymentChange, happening: PaymentHappening): Promise<void> {
    for (const observer of this.all) await observer.paymentChanged(tx, change, happening);
  }
}
