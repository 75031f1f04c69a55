import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, type Transaction, type RowOf } from '#libs/database';
import { StoreDependants, type Store, type StoreDependant } from '#libs/stores';
import type { CustomerEntity } from '../model/customer.entity.js';

/** A store stays as long as it has customers; its groups go with it. */
@Injectable()
export class CustomersStoreDependant implements StoreDependant, OnModuleInit {
  constructor(private readonly dependants: StoreDependants) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  async hasRowsOf(tx: Transaction, { id }: Store): Promise<boolean> {
    const rows = await tx.query<RowOf<CustomerEntity, 'id'>>(sql`
      SELECT id
      FROM customer
      WHERE store_id = ${id}
      ORDER BY created_at, id
      ${sql.limit(1)}`);
    return rows.length > 0;
  }

  async removeRowsOf(tx: Transaction, { id }: Store): Promise<void> {
    await tx.execute(sql`DELETE FROM customer_group WHERE store_id = ${id}`);
  }
}
