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

  /** Throws `customers.credit-exceeded`, and there is no order. */
  async charge(tx: Transaction, { orderId, currency, amountMinor }: Payment): Promise<void> {
    const customerId = await this.customerOf(tx, orderId);
    if (customerId === undefined) return;
    await this.ledger.charge(tx, { customerId, currency }, { amountMinor, reference: orderId });
  }

  async chargeMore(
    tx: Transaction,
    { orderId, currency }: Payment,
    { amountMinor, part }: CreditMore,
  ): Promise<void> {
    const customerId = await this.customerOf(tx, orderId);
    if (customerId === undefined) return;
    const more = { reference: orderId, part, amountMinor };
    await this.ledger.chargeMore(tx, { customerId, currency }, more);
  }

  async release(
    tx: Transaction,
    { orderId, currency }: Payment,
    { amountMinor, part }: CreditRelease,
  ): Promise<void> {
    const customerId = await this.customerOf(tx, orderId);
    if (customerId === undefined) return;
    const of = { reference: orderId, part, amountMinor };
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
