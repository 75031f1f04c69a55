import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, type SqlQueries } from '#libs/database';
import { BuyerSources, type Buyer, type BuyerSource } from '#libs/promotions';

/** Tells promotions in which group a customer is. */
@Injectable()
export class GroupBuyers implements BuyerSource, OnModuleInit {
  constructor(private readonly sources: BuyerSources) {}

  onModuleInit(): void {
    this.sources.register(this);
  }

  async groupsOf(queries: SqlQueries, { customerId, storeId }: Buyer): Promise<readonly string[]> {
    if (customerId === null) return [];
    const rows = await queries.query<{ code: string }>(sql`
      SELECT g.code
      FROM customer c
      JOIN customer_group g ON g.id = c.group_id
      WHERE c.id = ${customerId} AND c.store_id = ${storeId}`);
    return rows.map(({ code }) => code);
  }
}
