import type { QueryRunner } from 'typeorm';
import { columnTypes, type ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Lists are sorted in memory; the index in memory is loaded by store, in the order of ids. */
export class Search1730000000014 extends PortableMigration {
  readonly name = 'Search1730000000014';

  protected readonly tables: readonly string[] = [];

  protected statements(): readonly string[] {
    return [
      `DROP TABLE product_listing_name`,
      `CREATE INDEX ix_product_published ON product (store_id, status, id)`,
    ];
  }

  /** What was dropped follows from the texts; it comes back empty and is written with each product. */
  override async down(runner: QueryRunner): Promise<void> {
    const isMssql = runner.dataSource.options.type === 'mssql';
    await runner.query(`DROP INDEX ix_product_published${isMssql ? ' ON product' : ''}`);
    for (const statement of listingNames(columnTypes(isMssql ? 'mssql' : 'sqlite'))) {
      await runner.query(statement);
    }
  }
}

function listingNames(t: ColumnTypes): readonly string[] {
  return [
    `CREATE TABLE product_listing_name (
      product_id ${t.id} NOT NULL,
      locale ${t.key(20)} NOT NULL,
      store_id ${t.id} NOT NULL,
      sort_name ${t.key(200)} NOT NULL,
      CONSTRAINT pk_product_listing_name PRIMARY KEY (product_id, locale),
      CONSTRAINT fk_product_listing_name_product FOREIGN KEY (product_id) REFERENCES product (id)
    )`,
    `CREATE INDEX ix_product_listing_name_sort ON product_listing_name (store_id, locale, sort_name, product_id)`,
  ];
}
