import { Injectable } from '@nestjs/common';
import { type Renamed, type RowOf, sql, type SqlQueries, type SqlStatement } from '#libs/database';
import { storesErrors } from './stores.errors.js';
import type { Store } from './store.js';
import type { StoreEntity } from './store.entity.js';

type StoreRow = RowOf<StoreEntity>;

/** What {@link StoreLookup.rowOf} selects. */
export type StoreColumns = Renamed<RowOf<StoreEntity, 'id'>, { store_id: 'id' }> &
  RowOf<StoreEntity, 'currencies_json'>;

/** What {@link StoreLookup.codes} selects. */
export type StoreCodes = Renamed<
  RowOf<StoreEntity, 'id' | 'code'>,
  { store_id: 'id'; store_code: 'code' }
>;

/**
 * Finds stores as they are committed, or as a unit of work sees them: what asks is a reader of SQL or
 * the unit of work itself.
 */
@Injectable()
export class StoreLookup {
  async findByCode(queries: SqlQueries, code: string): Promise<Store | undefined> {
    return (await this.query(queries, sql`WHERE code = ${code}`))[0];
  }

  async findById(queries: SqlQueries, id: string): Promise<Store | undefined> {
    return (await this.query(queries, sql`WHERE id = ${id}`))[0];
  }

  /** Throws `catalog.store-not-found`. */
  async getByCode(queries: SqlQueries, code: string): Promise<Store> {
    const store = await this.findByCode(queries, code);
    if (store === undefined) throw storesErrors.storeNotFound({ details: { store: code } });
    return store;
  }

  /** By code, at most `limit` behind `afterCode`. */
  list(queries: SqlQueries, afterCode: string, limit: number): Promise<Store[]> {
    return this.query(
      queries,
      sql`WHERE code > ${afterCode}
          ORDER BY code
          ${sql.limit(limit)}`,
    );
  }

  /**
   * The row of a store, as something that a statement of another slice selects from, so that it
   * need not ask for the store first: `FROM ${stores.rowOf(code)} s`.
   */
  rowOf(code: string): SqlStatement {
    return sql`(SELECT id AS store_id, currencies_json FROM store WHERE code = ${code})`;
  }

  /** The code of every store, as something that a statement of another slice joins: `JOIN ${stores.codes()} s`. */
  codes(): SqlStatement {
    return sql`(SELECT id AS store_id, code AS store_code FROM store)`;
  }

  private async query(queries: SqlQueries, rest: SqlStatement): Promise<Store[]> {
    const rows = await queries.query<StoreRow>(
      sql`SELECT id, code, name, default_currency, default_locale, currencies_json, locales_json,
            version, created_at, updated_at
          FROM store
          ${rest}`,
    );
    return rows.map(toStore);
  }
}

function toStore(row: StoreRow): Store {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    currencies: JSON.parse(row.currencies_json) as string[],
    locales: JSON.parse(row.locales_json) as string[],
    defaultCurrency: row.default_currency,
    defaultLocale: row.default_locale,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
