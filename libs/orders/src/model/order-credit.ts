import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CreditLedger } from '#libs/customers';
import { sql, type Transaction, type RowOf } from '#libs/database';
import {
  CreditAccounts,
  type CreditAccount,
  type CreditMore,
  type CreditRelease,
  type Payment,
} from '#libs/payments';
import type { OrderEntity } from './order.entity.js';

/** Lets orders on account be charged to the credit of their customer. Guests have none, so nothing limits them. */
@Injectable()
export class OrderCredit implements CreditAccount, OnModuleInit {
  constructor(
    private readonly accounts: CreditAccounts,
    private readonly ledger: CreditLedger,
  ) {}

  onModuleInit(): void {
    this.accounts.bind(this);
  }

  /**
   * Throws `customers.credit-exceeded`, and there is no order, or no edit that left a balance. A balance is charged in addition,
   * where the order was charged.
   */
  async charge(tx: Transaction, payment: Payment): Promise<void> {
    const { orderId, currency, amountMinor, balance } = payment;
    if (balance !== null) return this.chargeMore(tx, payment, { amountMinor, part: 'added' });
    const customerId = await this.customerOf(tx, orderId);
    if (customerId === undefined) return;
    await this.ledger.charge(tx, { customerId, currency }, { amountMinor, reference: orderId });
  }

  async chargeMore(
    tx: Transaction,
    payment: Payment,
    { amountMinor, part }: CreditMore,
  ): Promise<void> {
    const { orderId, currency } = payment;
    const customerId = await this.customerOf(tx, orderId);
    if (customerId === undefined) return;
    const more = { reference: orderId, part: partOf(payment, part), amountMinor };
    await this.ledger.chargeMore(tx, { customerId, currency }, more);
  }

  async release(
    tx: Transaction,
    payment: Payment,
    { amountMinor, part }: CreditRelease,
  ): Promise<void> {
    const { orderId, currency, balance } = payment;
    const customerId = await this.customerOf(tx, orderId);
    if (customerId === undefined) return;
    const isLast = part === null && balance === null;
    const own = isLast ? null : partOf(payment, part ?? 'settled');
    const of = { reference: orderId, part: own, amountMinor };
    await this.ledger.release(tx, { customerId, currency }, of);
  }

  private async customerOf(tx: Transaction, orderId: string): Promise<string | undefined> {
    const [row] = await tx.query<RowOf<OrderEntity, 'customer_id'>>(
      sql`
        SELECT customer_id
        FROM sales_order
        WHERE id = ${orderId}`,
    );
    return row?.customer_id ?? undefined;
  }
}

/** All payments of an order have one reference: what tells their charges and releases apart. */
function partOf({ id, balance }: Payment, part: string): string {
  return balance === null ? part : `balance-${id}/${part}`;
}
