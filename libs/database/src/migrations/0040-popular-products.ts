import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** How popular each product is, by what was ordered lately. */
export class PopularProducts1730000000040 extends PortableMigration {
  readonly name = 'PopularProducts1730000000040';

  protected readonly tables = ['product_popularity'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE product_popularity (
        store_id ${t.id} NOT NULL,
        product_id ${t.id} NOT NULL,
        popularity_level ${t.integer} NOT NULL,
        CONSTRAINT pk_product_popularity PRIMARY KEY (store_id, product_id)
      )`,
    ];
  }
}
