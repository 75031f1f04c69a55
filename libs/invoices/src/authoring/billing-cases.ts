import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { OrderLookup, type Order } from '#libs/orders';
import { PaymentLedger, RefundRepository, type OrderPayments, type Refund } from '#libs/payments';
import { StoreLookup, StoreSettingsLookup, type InvoicingSettings } from '#libs/stores';
import { InvoiceLookup } from '../model/invoice-lookup.js';
import type { Invoice } from '../model/invoice.js';

/** An order with everything that its documents are made of. */
export interface BillingCase {
  readonly order: Order;
  readonly payments: OrderPayments;
  /** Of all payments, oldest first. */
  readonly refunds: readonly Refund[];
  readonly storeName: string;
  readonly settings: InvoicingSettings;
  /** What was issued before, oldest first. */
  readonly documents: readonly Invoice[];
}

@Injectable()
export class BillingCases {
  constructor(
    private readonly orders: OrderLookup,
    private readonly ledger: PaymentLedger,
    private readonly refunds: RefundRepository,
    private readonly stores: StoreLookup,
    private readonly settings: StoreSettingsLookup,
    private readonly invoices: InvoiceLookup,
  ) {}

  /**
   * Holds the payment of the order until the unit of work ends: nothing of what is billed changes meanwhile,
   * and nobody else issues documents of the same order. Undefined: there is no such order.
   */
  async hold(tx: Transaction, orderId: string): Promise<BillingCase | undefined> {
    await this.ledger.lock(tx, orderId);
    const order = await this.orders.findForShop(tx, orderId);
    if (order === undefined) return undefined;
    const payments = await this.ledger.list(tx, orderId);
    const store = await this.stores.findById(tx, order.storeId);
    const { content: settings } = await this.settings.get(tx, order.storeId, 'invoicing');
    return {
      order,
      payments,
      refunds: await this.refunds.listOfAll(
        tx,
        payments.map(({ id }) => id),
      ),
      storeName: store?.name ?? order.storeCode,
      settings,
      documents: await this.invoices.listOfOrder(tx, orderId),
    };
  }
}
