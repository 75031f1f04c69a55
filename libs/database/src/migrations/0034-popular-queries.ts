import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Searches that had a result, of which the frequent ones are suggested. */
export class PopularQueries1730000000034 extends PortableMigration {
  readonly name = 'PopularQueries1730000000034';

  protected readonly tables = ['popular_query'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE popular_query (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        locale ${t.key(20)} NOT NULL,
        query ${t.key(100)} NOT NULL,
        use_count ${t.integer} NOT NULL,
        last_at ${t.integer} NOT NULL
      )`,
      `CREATE UNIQUE INDEX ux_popular_query_query ON popular_query (store_id, locale, query)`,
      `CREATE INDEX ix_popular_query_rank ON popular_query (store_id, use_count, last_at, id)`,
      `CREATE INDEX ix_popular_query_last ON popular_query (last_at)`,
    ];
  }
}
