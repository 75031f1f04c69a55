import { sql, type RowOf, type SqlQueries } from '#libs/database';
import type { PriceListEntity } from './price-list.entity.js';
import type { RelativeList, RelativeRule } from './relative-list.js';

/** Every relative list of a store, the highest priority first. */
export async function loadRelativeLists(
  queries: SqlQueries,
  storeId: string,
): Promise<RelativeList[]> {
  const rows = await queries.query<RowOf<PriceListEntity>>(
    sql`SELECT id, store_id, code, name, currency, priority, valid_from, valid_until,
          customer_group, rule_json, version, created_at, updated_at
        FROM price_list
        WHERE store_id = ${storeId} AND rule_json IS NOT NULL
        ORDER BY priority DESC, currency, id`,
  );
  return rows.map((row) => ({
    id: row.id,
    storeId: row.store_id,
    code: row.code,
    name: row.name ?? row.code,
    currency: row.currency,
    priority: row.priority,
    customerGroup: row.customer_group ?? '',
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    // Written by the editor of lists, which takes nothing else.
    rule: JSON.parse(row.rule_json ?? '') as RelativeRule,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}
