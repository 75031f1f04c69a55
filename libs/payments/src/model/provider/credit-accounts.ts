import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import type { Payment } from '../payment.js';

export interface CreditRelease {
  readonly amountMinor: number;
  /** Unique for the payment; null: the last one. */
  readonly part: string | null;
}

/** What an order that was charged comes to in addition. */
export interface CreditMore {
  readonly amountMinor: number;
  /** Unique for the payment. */
  readonly part: string;
}

/** What keeps credit accounts has to say when an order is paid on account. */
export interface CreditAccount {
  /** In the transaction of the order, after its rows. Throws when there is not enough credit. */
  charge(tx: Transaction, payment: Payment): Promise<void>;
  /** The order comes to so much more. Throws when there is not enough credit; nothing where it was not charged at first. */
  chargeMore(tx: Transaction, payment: Payment, more: CreditMore): Promise<void>;
  /** Some of the invoice was paid, or is owed no more; each release has a key of its own. */
  release(tx: Transaction, payment: Payment, release: CreditRelease): Promise<void>;
}

/**
 * Where credit accounts are bound, so that payments name no table of customers. While none is, every order
 * may be paid on account.
 */
@Injectable()
export class CreditAccounts {
  private account: CreditAccount | undefined;

  /** Once, when the modules start. */
  bind(account: CreditAccount): void {
    this.account = account;
  }

  async charge(tx: Transaction, payment: Payment): Promise<void> {
    await this.account?.charge(tx, payment);
  }

  async chargeMore(tx: Transaction, payment: Payment, more: CreditMore): Promise<void> {
    await this.account?.chargeMore(tx, payment, more);
  }

  async release(tx: Transaction, payment: Payment, release: CreditRelease): Promise<void> {
    await this.account?.release(tx, payment, release);
  }
}
