import { Injectable } from '@nestjs/common';
import { likePrefix, sql, SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import { CustomerLookup } from '../model/customer-lookup.js';
import type { Customer } from '../model/customer.js';
import { customersErrors } from '../model/customers.errors.js';

export interface CustomerFilter {
  /** The beginning of the e-mail address. */
  readonly email?: string | undefined;
  /** The beginning of the name. */
  readonly name?: string | undefined;
  /** Code of a group. */
  readonly group?: string | undefined;
  readonly isBlocked?: boolean | undefined;
}

/** Where a page of customers goes on, newest first. */
export interface CustomerPosition {
  readonly createdAt: number;
  readonly id: string;
}

/** Customers as the back office reads them, always within one store. */
@Injectable()
export class CustomerDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly customers: CustomerLookup,
  ) {}

  /** Throws `catalog.store-not-found`, `customers.customer-not-found`. */
  async get(storeCode: string, id: string): Promise<Customer> {
    const store = await this.stores.getByCode(this.database, storeCode);
    const customer = await this.customers.findInStore(this.database, store.id, id);
    if (customer === undefined) throw customersErrors.customerNotFound();
    return customer;
  }

  /** Newest first, at most `limit` behind `after`. Throws `catalog.store-not-found`. */
  async list(
    storeCode: string,
    { email, name, group, isBlocked }: CustomerFilter,
    after: CustomerPosition | undefined,
    limit: number,
  ): Promise<Customer[]> {
    const store = await this.stores.getByCode(this.database, storeCode);
    const from = email?.toLowerCase();
    const conditions = [
      sql`c.store_id = ${store.id}`,
      // A range, which the index of the addresses answers.
      from === undefined ? undefined : sql`c.email >= ${from} AND c.email < ${`${from}\uffff`}`,
      name === undefined ? undefined : sql`c.name LIKE ${likePrefix(name)} ESCAPE '\\'`,
      group === undefined ? undefined : sql`g.code = ${group}`,
      isBlocked === undefined ? undefined : sql`c.is_blocked = ${isBlocked}`,
      sql.behind(sql`c.created_at`, sql`c.id`, after),
    ].filter((condition) => condition !== undefined);
    return this.customers.select(
      this.database,
      sql`${sql.join(conditions, ' AND ')}
        ORDER BY c.created_at DESC, c.id DESC
        ${sql.limit(limit)}`,
    );
  }
}
