import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, type Transaction, type RowOf } from '#libs/database';
import { StoreDependants, type Store, type StoreDependant } from '#libs/stores';
import type { OrderDraftEntity } from '../model/drafts/order-draft.entity.js';
import type { OrderEntity } from '../model/order.entity.js';

/** A store stays as long as there are orders of it, or drafts of orders: staff reach them through it. */
@Injectable()
export class OrdersStoreDependant implements StoreDependant, OnModuleInit {
  constructor(private readonly dependants: StoreDependants) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  async hasRowsOf(tx: Transaction, { id }: Store): Promise<boolean> {
    const rows = await tx.query<RowOf<OrderEntity, 'id'>>(sql`
      SELECT id
      FROM sales_order
      WHERE store_id = ${id}
      ORDER BY placed_at, id
      ${sql.limit(1)}`);
    if (rows.length > 0) return true;
    const drafts = await tx.query<RowOf<OrderDraftEntity, 'id'>>(sql`
      SELECT id
      FROM order_draft
      WHERE store_id = ${id}
      ORDER BY created_at, id
      ${sql.limit(1)}`);
    return drafts.length > 0;
  }
}
