import { Injectable } from '@nestjs/common';
import { PrimaryReader } from '#libs/database';
import { PaymentLedger, RefundRepository } from '#libs/payments';
import { OrderDirectory } from './order.directory.js';
import type { OrderAddress } from './order-changes.js';
import type { PaymentView } from './order-payment.editor.js';

/** Payments as the back office reads them, always of an order of one store. */
@Injectable()
export class OrderPaymentDirectory {
  constructor(
    private readonly database: PrimaryReader,
    private readonly directory: OrderDirectory,
    private readonly ledger: PaymentLedger,
    private readonly refunds: RefundRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `orders.order-not-found`, `payments.not-found`. */
  async get({ storeCode, id }: OrderAddress): Promise<PaymentView> {
    const order = await this.directory.get(storeCode, id);
    const payments = await this.ledger.list(this.database, order.id);
    const ids = payments.map((payment) => payment.id);
    return { payments, refunds: await this.refunds.listOfAll(this.database, ids) };
  }
}
