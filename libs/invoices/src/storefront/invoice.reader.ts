import { Injectable } from '@nestjs/common';
import { PrimaryReader } from '#libs/database';
import { OrderReader, type OrderAccess } from '#libs/orders';
import { InvoiceLookup } from '../model/invoice-lookup.js';
import { invoicesErrors } from '../model/invoices.errors.js';
import type { Invoice, InvoiceHead } from '../model/invoice.js';

/** Documents for those who may open their order, from the database: nothing of them is cached. */
@Injectable()
export class InvoiceReader {
  constructor(
    private readonly database: PrimaryReader,
    private readonly orders: OrderReader,
    private readonly invoices: InvoiceLookup,
  ) {}

  /** The invoice, if there is one already, and its credit notes. Throws `orders.order-not-found`. */
  async list(number: string, access: OrderAccess): Promise<readonly InvoiceHead[]> {
    const order = await this.orders.get(number, access);
    return this.invoices.listOfOrder(this.database, order.id);
  }

  /** Throws `orders.order-not-found`, `invoices.not-found`: also for one of another order. */
  async get(number: string, access: OrderAccess, id: string): Promise<Invoice> {
    const order = await this.orders.get(number, access);
    const invoice = await this.invoices.findOfOrder(this.database, order.id, id);
    if (invoice === undefined) throw invoicesErrors.notFound();
    return invoice;
  }
}
