import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader } from '#libs/cache';
import { type OuterRowOf, type RowOf, sql, PrimaryReader } from '#libs/database';
import { customersTags } from '../model/customers.tags.js';
import { SHOPPER_REGION } from './shopper-region.js';
import type { CustomerEntity } from '../model/customer.entity.js';
import type { CustomerGroupEntity } from '../model/customer-group.entity.js';

/** Where a customer is somebody, and as what; nothing that tells the person. */
export interface CustomerAccess {
  readonly storeId: string;
  readonly storeCode: string;
  readonly isBlocked: boolean;
  /** Code of the group whose promotions apply; null: those for everybody. */
  readonly group: string | null;
}

type AccessRow = RowOf<CustomerEntity, 'store_id' | 'store_code' | 'is_blocked' | 'group_id'> &
  OuterRowOf<CustomerGroupEntity, 'code'>;

/** What customers may do, by their id. */
@Injectable()
export class CustomerAccessReader {
  private readonly reader: CachedReader<string, CustomerAccess>;

  constructor(
    cache: CoherentCache,
    private readonly database: PrimaryReader,
  ) {
    this.reader = cache.reader<string, CustomerAccess>({
      ...SHOPPER_REGION,
      name: 'customers.access',
      tags: (customerId) => [customersTags.customer(customerId)],
      load: async (customerId, context) => {
        const row = await this.load(customerId);
        if (row === undefined) return undefined;
        if (row.group_id !== null) context.tag(customersTags.group(row.group_id));
        return {
          storeId: row.store_id,
          storeCode: row.store_code,
          isBlocked: row.is_blocked === 1,
          group: row.code,
        };
      },
    });
  }

  async find(customerId: string): Promise<CustomerAccess | undefined> {
    return this.reader.get(customerId);
  }

  private async load(customerId: string): Promise<AccessRow | undefined> {
    const [row] = await this.database.query<AccessRow>(sql`
      SELECT c.store_id, c.store_code, c.is_blocked, c.group_id, g.code
      FROM customer c
      LEFT JOIN customer_group g ON g.id = c.group_id
      WHERE c.id = ${customerId}`);
    return row;
  }
}
