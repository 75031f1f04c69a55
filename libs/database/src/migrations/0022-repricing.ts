import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Bulk changes of prices, and what each of them wrote. */
export class Repricing1730000000022 extends PortableMigration {
  readonly name = 'Repricing1730000000022';

  protected readonly tables = ['repricing', 'repriced_price'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE repricing (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        work_json ${t.longText} NOT NULL,
        undone_by_id ${t.id},
        job_id ${t.id} NOT NULL,
        created_by ${t.id},
        created_at ${t.integer} NOT NULL,
        product_count ${t.integer} NOT NULL,
        last_product_id ${t.id} NOT NULL,
        after_product_id ${t.id} NOT NULL,
        done_count ${t.integer} NOT NULL,
        changed_count ${t.integer} NOT NULL,
        unchanged_count ${t.integer} NOT NULL,
        skipped_count ${t.integer} NOT NULL
      )`,
      `CREATE INDEX ix_repricing_store ON repricing (store_id, created_at, id)`,
      `CREATE INDEX ix_repricing_created ON repricing (created_at, id)`,

      `CREATE TABLE repriced_price (
        repricing_id ${t.id} NOT NULL,
        product_id ${t.id} NOT NULL,
        variant_id ${t.id} NOT NULL,
        outcome ${t.key(20)} NOT NULL,
        before_minor ${t.integer},
        before_compare_at_minor ${t.integer},
        after_minor ${t.integer},
        after_compare_at_minor ${t.integer},
        version ${t.integer} NOT NULL,
        CONSTRAINT pk_repriced_price PRIMARY KEY (repricing_id, product_id, variant_id),
        CONSTRAINT fk_repriced_price_repricing
          FOREIGN KEY (repricing_id) REFERENCES repricing (id)
      )`,
    ];
  }
}
