import { Injectable } from '@nestjs/common';
import {
  type Renamed,
  type OuterRowOf,
  heldRows,
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
} from '#libs/database';
import type { Customer } from './customer.js';
import type { CustomerEntity } from './customer.entity.js';
import type { CustomerGroupEntity } from './customer-group.entity.js';

type CustomerRow = RowOf<
  CustomerEntity,
  | 'id'
  | 'store_id'
  | 'store_code'
  | 'email'
  | 'name'
  | 'phone'
  | 'locale'
  | 'group_id'
  | 'is_blocked'
  | 'verified_at'
  | 'erased_at'
  | 'version'
  | 'created_at'
  | 'updated_at'
> &
  Renamed<
    OuterRowOf<CustomerGroupEntity, 'code' | 'name'>,
    { group_code: 'code'; group_name: 'name' }
  >;

/**
 * Finds customers; every question names what its asker may see: oneself, or a store. What a unit of work finds is held
 * until it ends: an erasure waits, and finds the mails that it adds.
 */
@Injectable()
export class CustomerLookup {
  async findInStore(
    queries: SqlQueries,
    storeId: string,
    id: string,
  ): Promise<Customer | undefined> {
    return (await this.select(queries, sql`c.store_id = ${storeId} AND c.id = ${id}`))[0];
  }

  async findOwn(queries: SqlQueries, customerId: string): Promise<Customer | undefined> {
    return (await this.select(queries, sql`c.id = ${customerId}`))[0];
  }

  /** Whether somebody is written to no more. A guest (null) is never erased. */
  async isErased(queries: SqlQueries, customerId: string | null): Promise<boolean> {
    if (customerId === null) return false;
    const customer = await this.findOwn(queries, customerId);
    return customer === undefined || customer.erasedAt !== null;
  }

  /** `condition` is about the customer `c`, and says how the rows are sorted. */
  async select(queries: SqlQueries, condition: SqlStatement): Promise<Customer[]> {
    const rows = await queries.query<CustomerRow>(sql`
      SELECT c.id, c.store_id, c.store_code, c.email, c.name, c.phone, c.locale, c.group_id,
        g.code AS group_code, g.name AS group_name, c.is_blocked, c.verified_at, c.erased_at,
        c.version, c.created_at, c.updated_at
      FROM customer c${heldRows(queries)}
      LEFT JOIN customer_group g ON g.id = c.group_id
      WHERE ${condition}`);
    return rows.map(customerOf);
  }
}

function customerOf(row: CustomerRow): Customer {
  const { group_id: groupId, group_code: code, group_name: groupName } = row;
  return {
    id: row.id,
    storeId: row.store_id,
    storeCode: row.store_code,
    email: row.email,
    name: row.name,
    phone: row.phone,
    locale: row.locale,
    group:
      groupId === null || code === null || groupName === null
        ? null
        : { id: groupId, code, name: groupName },
    isBlocked: row.is_blocked === 1,
    verifiedAt: row.verified_at,
    erasedAt: row.erased_at,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
