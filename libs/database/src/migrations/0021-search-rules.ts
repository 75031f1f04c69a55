import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Synonyms and redirects that staff edit, and the searches without a result. */
export class SearchRules1730000000021 extends PortableMigration {
  readonly name = 'SearchRules1730000000021';

  protected readonly tables = ['search_rule', 'search_miss'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE search_rule (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        content_json ${t.longText} NOT NULL,
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL
      )`,
      `CREATE INDEX ix_search_rule_store ON search_rule (store_id, id)`,

      `CREATE TABLE search_miss (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        locale ${t.key(20)} NOT NULL,
        query ${t.key(100)} NOT NULL,
        miss_count ${t.integer} NOT NULL,
        last_at ${t.integer} NOT NULL
      )`,
      `CREATE UNIQUE INDEX ux_search_miss_query ON search_miss (store_id, locale, query)`,
      `CREATE INDEX ix_search_miss_rank ON search_miss (store_id, miss_count, last_at, id)`,
      `CREATE INDEX ix_search_miss_last ON search_miss (last_at)`,
    ];
  }
}
