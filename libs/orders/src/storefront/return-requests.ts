import { Injectable } from '@nestjs/common';
import { IdempotentUnitOfWork } from '#libs/database';
import { PaymentLedger } from '#libs/payments';
import type { LineQuantity } from '../model/fulfilment/line-progress.js';
import { OrderLookup } from '../model/order-lookup.js';
import { ordersErrors } from '../model/orders.errors.js';
import { ReturnAnnouncing } from '../model/returns/return-announcing.js';
import { OrderReader, type OrderAccess } from './order.reader.js';

export interface ReturnRequest {
  /** `Idempotency-Key`: with it the same return is announced once. */
  readonly key: string;
  readonly items: readonly LineQuantity[];
  readonly reason: string | null;
}

/** Shoppers announce that something of their order comes back. */
@Injectable()
export class ReturnRequests {
  constructor(
    private readonly idempotent: IdempotentUnitOfWork,
    private readonly reader: OrderReader,
    private readonly orders: OrderLookup,
    private readonly ledger: PaymentLedger,
    private readonly announcing: ReturnAnnouncing,
  ) {}

  /**
   * Answers the id of the return. Throws `orders.order-not-found`, also for what does not open the order,
   * `orders.quantity-exceeded` for more than was shipped and is not announced yet, and `idempotency.*`.
   */
  async request(
    number: string,
    access: OrderAccess,
    { key, items, reason }: ReturnRequest,
  ): Promise<string> {
    const { id } = await this.reader.get(number, access);
    const body = { items: items.map((item) => ({ ...item })), reason };
    const identified = { scope: `return:${id}`, key, body };
    const { returnId } = await this.idempotent.exclusively(identified, () =>
      this.idempotent.run(identified, async (tx) => {
        await this.ledger.lock(tx, id);
        const order = await this.orders.findForShop(tx, id);
        if (order === undefined) throw ordersErrors.orderNotFound();
        return { returnId: await this.announcing.announce(tx, order, items, reason) };
      }),
    );
    return returnId;
  }
}
