import { Injectable } from '@nestjs/common';
import {
  heldRows,
  insertRows,
  sql,
  type RowOf,
  type SqlQueries,
  type Transaction,
} from '#libs/database';
import type { SearchRuleEntity } from '../../model/rules/search-rule.entity.js';
import type { SearchRule, SearchRuleContent } from '../../model/rules/search-rule.js';

type RuleRow = RowOf<SearchRuleEntity>;

const columns = sql`id, store_id, content_json, version, created_at, updated_at`;

/** Search rules in SQL. Every call names the store: an id alone finds nothing. */
@Injectable()
export class SearchRuleRepository {
  /** The row is held when a unit of work asks. */
  async find(queries: SqlQueries, storeId: string, id: string): Promise<SearchRule | undefined> {
    const rows = await queries.query<RuleRow>(sql`
      SELECT ${columns}
      FROM search_rule${heldRows(queries)}
      WHERE store_id = ${storeId} AND id = ${id}`);
    return rows.map(ruleOfRow)[0];
  }

  /** Oldest first, at most `limit` behind the id `after`. */
  async list(
    queries: SqlQueries,
    storeId: string,
    after: string,
    limit: number,
  ): Promise<SearchRule[]> {
    const rows = await queries.query<RuleRow>(sql`
      SELECT ${columns}
      FROM search_rule
      WHERE store_id = ${storeId} AND id > ${after}
      ORDER BY id
      ${sql.limit(limit)}`);
    return rows.map(ruleOfRow);
  }

  async count(tx: Transaction, storeId: string): Promise<number> {
    const [row] = await tx.query<{ rules: number }>(sql`
      SELECT COUNT(*) AS rules
      FROM search_rule
      WHERE store_id = ${storeId}`);
    return row?.rules ?? 0;
  }

  async insert(tx: Transaction, rule: SearchRule): Promise<void> {
    const { id, storeId, content, version, createdAt, updatedAt } = rule;
    await insertRows(tx, 'search_rule', [
      {
        id,
        store_id: storeId,
        content_json: JSON.stringify(content),
        version,
        created_at: createdAt,
        updated_at: updatedAt,
      },
    ]);
  }

  /** False when it is not there in the version that `rule` comes after. */
  async update(tx: Transaction, rule: SearchRule): Promise<boolean> {
    const changed = await tx.execute(sql`
      UPDATE search_rule
      SET content_json = ${JSON.stringify(rule.content)}, version = ${rule.version},
        updated_at = ${rule.updatedAt}
      WHERE id = ${rule.id} AND store_id = ${rule.storeId} AND version = ${rule.version - 1}`);
    return changed === 1;
  }

  /** False when it is not there in this version. */
  async remove(tx: Transaction, { id, storeId, version }: SearchRule): Promise<boolean> {
    const removed = await tx.execute(sql`
      DELETE FROM search_rule
      WHERE id = ${id} AND store_id = ${storeId} AND version = ${version}`);
    return removed === 1;
  }

  async removeAll(tx: Transaction, storeId: string): Promise<void> {
    for (const table of ['search_rule', 'search_miss', 'popular_query', 'facet_settings']) {
      await tx.execute(sql`DELETE FROM ${sql.identifier(table)} WHERE store_id = ${storeId}`);
    }
  }
}

function ruleOfRow(row: RuleRow): SearchRule {
  return {
    id: row.id,
    storeId: row.store_id,
    content: JSON.parse(row.content_json) as SearchRuleContent,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
