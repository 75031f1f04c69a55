import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SqlQueries } from '#libs/database';
import { OrderBilling, type BillsOrders } from '#libs/orders';
import { InvoiceLookup } from '../model/invoice-lookup.js';

/** Tells who edits orders which of them are billed. */
@Injectable()
export class IssuedInvoices implements BillsOrders, OnModuleInit {
  constructor(
    private readonly billing: OrderBilling,
    private readonly invoices: InvoiceLookup,
  ) {}

  onModuleInit(): void {
    this.billing.register(this);
  }

  isBilled(queries: SqlQueries, orderId: string): Promise<boolean> {
    return this.invoices.hasOfOrder(queries, orderId);
  }
}
