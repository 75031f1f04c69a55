import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Orders that staff prepare for somebody. */
export class OrderDrafts1730000000032 extends PortableMigration {
  readonly name = 'OrderDrafts1730000000032';

  protected readonly tables = ['order_draft'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE order_draft (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        store_code ${t.key(60)} NOT NULL,
        customer_id ${t.id},
        content_json ${t.longText} NOT NULL,
        note ${t.text(2000)},
        author ${t.text(200)},
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        expires_at ${t.integer} NOT NULL
      )`,
      `CREATE INDEX ix_order_draft_store ON order_draft (store_id, created_at, id)`,
      `CREATE INDEX ix_order_draft_customer ON order_draft (customer_id, id)`,
      `CREATE INDEX ix_order_draft_expires ON order_draft (expires_at, id)`,
    ];
  }
}
