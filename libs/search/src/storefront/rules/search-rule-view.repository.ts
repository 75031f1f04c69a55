import { Injectable } from '@nestjs/common';
import { sql, SqlReader, type RowOf } from '#libs/database';
import type { SearchRuleEntity } from '../../model/rules/search-rule.entity.js';
import { ruleLimits, type SearchRuleContent } from '../../model/rules/search-rule.js';

/** The rules of a store, oldest first. */
@Injectable()
export class SearchRuleViewRepository {
  constructor(private readonly database: SqlReader) {}

  async list(storeId: string): Promise<SearchRuleContent[]> {
    const rows = await this.database.query<RowOf<SearchRuleEntity, 'content_json'>>(sql`
      SELECT content_json
      FROM search_rule
      WHERE store_id = ${storeId}
      ORDER BY id
      ${sql.limit(ruleLimits.rules)}`);
    return rows.map(({ content_json: content }) => JSON.parse(content) as SearchRuleContent);
  }
}
