import { Injectable } from '@nestjs/common';
import {
  DatabaseClock,
  insertRows,
  sql,
  SqlReader,
  UnitOfWork,
  type SqlQueries,
  type RowOf,
} from '#libs/database';
import { newId, staleVersion } from '#libs/kernel';
import { StoreLookup } from '#libs/stores';
import { customersErrors } from '../model/customers.errors.js';
import { customersTags } from '../model/customers.tags.js';
import type { CustomerEntity } from '../model/customer.entity.js';
import type { CustomerGroupEntity } from '../model/customer-group.entity.js';

/** Customers who are treated alike. Price lists and promotions name it by its code, which stays. */
export type CustomerGroup = RowOf<CustomerGroupEntity, 'id' | 'code' | 'name' | 'version'>;

/** Groups of customers, as staff change them; one unit of work each, audited, always within one store. */
@Injectable()
export class CustomerGroupEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: SqlReader,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreLookup,
  ) {}

  /** By id, at most `limit` behind `afterId`. Throws `catalog.store-not-found`. */
  async list(storeCode: string, afterId: string, limit: number): Promise<CustomerGroup[]> {
    const { id: storeId } = await this.stores.getByCode(this.database, storeCode);
    return this.database.query<CustomerGroup>(sql`
      SELECT id, code, name, version
      FROM customer_group
      WHERE store_id = ${storeId} AND id > ${afterId}
      ORDER BY id
      ${sql.limit(limit)}`);
  }

  /** Throws `catalog.store-not-found`, `customers.group-code-taken`. */
  create(
    storeCode: string,
    { code, name }: { code: string; name: string },
  ): Promise<CustomerGroup> {
    return this.unitOfWork.run(async (tx) => {
      const { id: storeId } = await this.stores.getByCode(tx, storeCode);
      await tx.lock(`customer-group:${storeId}:${code}`);
      const taken = await tx.query(
        sql`
          SELECT id
          FROM customer_group
          WHERE store_id = ${storeId} AND code = ${code}`,
      );
      if (taken.length > 0) throw customersErrors.groupCodeTaken();
      const now = this.clock.wallMs();
      const group = { id: newId(), code, name, version: 1 };
      const times = { created_at: now, updated_at: now };
      await insertRows(tx, 'customer_group', [{ ...group, store_id: storeId, ...times }]);
      tx.audit({
        action: 'customers:group:create',
        entity: 'customer-group',
        entityId: group.id,
        after: group,
      });
      return group;
    });
  }

  /** Throws `catalog.store-not-found`, `customers.group-not-found`, `http.stale-version`. */
  rename(storeCode: string, id: string, version: number, name: string): Promise<CustomerGroup> {
    return this.unitOfWork.run(async (tx) => {
      const { id: storeId } = await this.stores.getByCode(tx, storeCode);
      const before = await this.get(tx, storeId, id);
      const changed = await tx.execute(sql`
        UPDATE customer_group
        SET name = ${name}, version = version + 1, updated_at = ${this.clock.wallMs()}
        WHERE id = ${id} AND store_id = ${storeId} AND version = ${version}`);
      if (changed === 0) throw staleVersion(before.version);
      tx.invalidate(customersTags.group(id));
      const after = { ...before, name, version: version + 1 };
      const entity = { entity: 'customer-group', entityId: id };
      tx.audit({ action: 'customers:group:update', ...entity, before, after });
      return after;
    });
  }

  /** Throws `customers.group-in-use` while customers are in it, and what `rename` throws. */
  async remove(storeCode: string, id: string, version: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { id: storeId } = await this.stores.getByCode(tx, storeCode);
      const before = await this.get(tx, storeId, id);
      const [member] = await tx.query<RowOf<CustomerEntity, 'id'>>(sql`
        SELECT id
        FROM customer
        WHERE group_id = ${id}
        ORDER BY id
        ${sql.limit(1)}`);
      if (member !== undefined) throw customersErrors.groupInUse();
      const removed = await tx.execute(sql`
        DELETE FROM customer_group
        WHERE id = ${id} AND store_id = ${storeId} AND version = ${version}`);
      if (removed === 0) throw staleVersion(before.version);
      tx.invalidate(customersTags.group(id));
      const entity = { entity: 'customer-group', entityId: id };
      tx.audit({ action: 'customers:group:delete', ...entity, before });
    });
  }

  private async get(queries: SqlQueries, storeId: string, id: string): Promise<CustomerGroup> {
    const [row] = await queries.query<CustomerGroup>(sql`
      SELECT id, code, name, version
      FROM customer_group
      WHERE store_id = ${storeId} AND id = ${id}`);
    if (row === undefined) throw customersErrors.groupNotFound();
    return row;
  }
}
