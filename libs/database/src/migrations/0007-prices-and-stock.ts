import type { QueryRunner } from 'typeorm';
import { newId } from '#libs/kernel';
import { columnTypes, type ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Prices and stock get tables of slices of their own; what there is moves into them. */
export class PricesAndStock1730000000007 extends PortableMigration {
  readonly name = 'PricesAndStock1730000000007';

  protected readonly tables = ['price_list', 'price', 'location', 'stock_item', 'stock_ledger'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE price_list (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        code ${t.key(60)} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        priority ${t.integer} NOT NULL,
        valid_from ${t.integer},
        valid_until ${t.integer},
        customer_group ${t.key(60)},
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT fk_price_list_store FOREIGN KEY (store_id) REFERENCES store (id)
      )`,
      `CREATE UNIQUE INDEX ux_price_list_code ON price_list (store_id, code)`,
      `CREATE UNIQUE INDEX ux_price_list_priority ON price_list (store_id, currency, priority)`,
      `CREATE TABLE price (
        list_id ${t.id} NOT NULL,
        variant_id ${t.id} NOT NULL,
        min_quantity ${t.integer} NOT NULL,
        product_id ${t.id} NOT NULL,
        amount_minor ${t.integer} NOT NULL,
        compare_at_minor ${t.integer},
        version ${t.integer} NOT NULL,
        CONSTRAINT pk_price PRIMARY KEY (variant_id, list_id, min_quantity),
        CONSTRAINT fk_price_list FOREIGN KEY (list_id) REFERENCES price_list (id)
      )`,
      `CREATE INDEX ix_price_product ON price (product_id, list_id)`,

      `CREATE TABLE location (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        code ${t.key(60)} NOT NULL,
        name ${t.text(200)} NOT NULL,
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT fk_location_store FOREIGN KEY (store_id) REFERENCES store (id)
      )`,
      `CREATE UNIQUE INDEX ux_location_code ON location (store_id, code)`,
      `CREATE TABLE stock_item (
        variant_id ${t.id} NOT NULL,
        location_id ${t.id} NOT NULL,
        product_id ${t.id} NOT NULL,
        on_hand ${t.integer} NOT NULL,
        reserved ${t.integer} NOT NULL,
        is_tracked ${t.flag} NOT NULL,
        allows_backorder ${t.flag} NOT NULL,
        version ${t.integer} NOT NULL,
        CONSTRAINT pk_stock_item PRIMARY KEY (variant_id, location_id),
        CONSTRAINT fk_stock_item_location FOREIGN KEY (location_id) REFERENCES location (id)
      )`,
      `CREATE INDEX ix_stock_item_product ON stock_item (product_id)`,
      `CREATE TABLE stock_ledger (
        id ${t.identity},
        variant_id ${t.id} NOT NULL,
        location_id ${t.id} NOT NULL,
        quantity ${t.integer} NOT NULL,
        reason ${t.key(40)} NOT NULL,
        recorded_at ${t.integer} NOT NULL,
        CONSTRAINT fk_stock_ledger_location FOREIGN KEY (location_id) REFERENCES location (id)
      )`,
      `CREATE INDEX ix_stock_ledger_item ON stock_ledger (variant_id, location_id)`,
    ];
  }

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    const now = Date.now();
    await addBaseLists(runner, now);
    await runner.query(`
      INSERT INTO price
        (list_id, variant_id, min_quantity, product_id, amount_minor, compare_at_minor, version)
      SELECT l.id, v.id, 1, v.product_id, p.amount_minor, p.compare_at_minor, 1
      FROM variant_price p
      JOIN product_variant v ON v.id = p.variant_id
      JOIN price_list l ON l.store_id = v.store_id AND l.currency = p.currency
    `);
    await addMainLocations(runner, now);
    await runner.query(`
      INSERT INTO stock_item
        (variant_id, location_id, product_id, on_hand, reserved, is_tracked, allows_backorder, version)
      SELECT v.id, l.id, v.product_id, s.on_hand, 0, s.is_tracked, s.allows_backorder, 1
      FROM variant_stock s
      JOIN product_variant v ON v.id = s.variant_id
      JOIN location l ON l.store_id = v.store_id
    `);
    await runner.query(`
      INSERT INTO stock_ledger (variant_id, location_id, quantity, reason, recorded_at)
      SELECT variant_id, location_id, on_hand, 'opening', ${now}
      FROM stock_item
      WHERE on_hand <> 0
    `);
    await runner.query('DROP TABLE variant_price');
    await runner.query('DROP TABLE variant_stock');
  }

  override async down(runner: QueryRunner): Promise<void> {
    const t = columnTypes(runner.dataSource.options.type === 'mssql' ? 'mssql' : 'sqlite');
    await runner.query(`CREATE TABLE variant_price (
      variant_id ${t.id} NOT NULL,
      currency ${t.key(3)} NOT NULL,
      amount_minor ${t.integer} NOT NULL,
      compare_at_minor ${t.integer},
      CONSTRAINT pk_variant_price PRIMARY KEY (variant_id, currency),
      CONSTRAINT fk_variant_price_variant FOREIGN KEY (variant_id) REFERENCES product_variant (id)
    )`);
    await runner.query(`
      INSERT INTO variant_price (variant_id, currency, amount_minor, compare_at_minor)
      SELECT p.variant_id, l.currency, p.amount_minor, p.compare_at_minor
      FROM price p
      JOIN price_list l ON l.id = p.list_id
      WHERE l.priority = 0 AND p.min_quantity = 1
    `);
    await runner.query(`CREATE TABLE variant_stock (
      variant_id ${t.id} NOT NULL PRIMARY KEY,
      on_hand ${t.integer} NOT NULL,
      is_tracked ${t.flag} NOT NULL,
      allows_backorder ${t.flag} NOT NULL,
      CONSTRAINT fk_variant_stock_variant FOREIGN KEY (variant_id) REFERENCES product_variant (id)
    )`);
    await runner.query(`
      INSERT INTO variant_stock (variant_id, on_hand, is_tracked, allows_backorder)
      SELECT variant_id, SUM(on_hand), MIN(is_tracked), MAX(allows_backorder)
      FROM stock_item
      GROUP BY variant_id
    `);
    await super.down(runner);
  }
}

/** One list for each currency that a store has prices in. */
async function addBaseLists(runner: QueryRunner, now: number): Promise<void> {
  const rows = (await runner.query(`
    SELECT DISTINCT v.store_id, p.currency
    FROM variant_price p
    JOIN product_variant v ON v.id = p.variant_id
  `)) as { store_id: string; currency: string }[];
  for (const { store_id: storeId, currency } of rows) {
    await runner.query(`
      INSERT INTO price_list
        (id, store_id, code, currency, priority, version, created_at, updated_at)
      SELECT '${newId()}', id, 'base-${currency.toLowerCase()}', '${currency}', 0, 1, ${now}, ${now}
      FROM store
      WHERE id = '${storeId}'
    `);
  }
}

/** One location for each store that has stock. */
async function addMainLocations(runner: QueryRunner, now: number): Promise<void> {
  const rows = (await runner.query(`
    SELECT DISTINCT v.store_id
    FROM variant_stock s
    JOIN product_variant v ON v.id = s.variant_id
  `)) as { store_id: string }[];
  for (const { store_id: storeId } of rows) {
    await runner.query(`
      INSERT INTO location (id, store_id, code, name, version, created_at, updated_at)
      SELECT '${newId()}', id, 'main', 'Main', 1, ${now}, ${now}
      FROM store
      WHERE id = '${storeId}'
    `);
  }
}
