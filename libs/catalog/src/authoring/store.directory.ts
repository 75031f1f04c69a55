import { Injectable } from '@nestjs/common';
import { sql, SqlReader } from '#libs/database';
import { catalogErrors } from '../model/catalog.errors.js';
import type { Store } from '../model/store.js';

interface StoreRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly default_currency: string;
  readonly default_locale: string;
  readonly currencies_json: string;
  readonly locales_json: string;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

const COLUMNS = sql`id, code, name, default_currency, default_locale, currencies_json, locales_json, version, created_at, updated_at`;

/** Stores as the back office reads them: what is committed, not what is cached. */
@Injectable()
export class StoreDirectory {
  constructor(private readonly database: SqlReader) {}

  /** Throws `catalog.store-not-found`. */
  async get(code: string): Promise<Store> {
    const rows = await this.database.query<StoreRow>(
      sql`SELECT ${COLUMNS} FROM store WHERE code = ${code}`,
    );
    const row = rows[0];
    if (row === undefined) throw catalogErrors.storeNotFound({ details: { store: code } });
    return toStore(row);
  }

  /** By code, at most `limit` behind `afterCode`. */
  async list(afterCode: string, limit: number): Promise<Store[]> {
    const rows = await this.database.query<StoreRow>(
      sql`SELECT ${COLUMNS} FROM store WHERE code > ${afterCode} ORDER BY code ${sql.limit(limit)}`,
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
