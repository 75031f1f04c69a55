import { Injectable } from '@nestjs/common';
import type { SqlQueries } from '#libs/database';

/** Who bills orders. */
export interface BillsOrders {
  /** Whether there is a document of the order, which never changes. Exact while the payment of the order is held. */
  isBilled(queries: SqlQueries, orderId: string): Promise<boolean>;
}

/** Who bills registers when its module starts, so that orders name no table of theirs. While nobody does, no order is billed. */
@Injectable()
export class OrderBilling {
  private readonly all: BillsOrders[] = [];

  register(biller: BillsOrders): void {
    this.all.push(biller);
  }

  async isBilled(queries: SqlQueries, orderId: string): Promise<boolean> {
    for (const biller of this.all) {
      if (await biller.isBilled(queries, orderId)) return true;
    }
    return false;
  }
}
