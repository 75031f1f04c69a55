import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** What is kept of stock for carts, for a while. */
export class StockHolds1730000000036 extends PortableMigration {
  readonly name = 'StockHolds1730000000036';

  protected readonly tables = ['stock_hold'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE stock_hold (
        holder_id ${t.id} NOT NULL,
        variant_id ${t.id} NOT NULL,
        location_id ${t.id} NOT NULL,
        quantity ${t.integer} NOT NULL,
        expires_at ${t.integer} NOT NULL,
        CONSTRAINT pk_stock_hold PRIMARY KEY (holder_id, variant_id, location_id),
        CONSTRAINT fk_stock_hold_location FOREIGN KEY (location_id) REFERENCES location (id)
      )`,
      `CREATE INDEX ix_stock_hold_item ON stock_hold (variant_id, location_id)`,
      `CREATE INDEX ix_stock_hold_expires ON stock_hold (expires_at, holder_id)`,
      `ALTER TABLE cart ADD holding_since ${t.integer}`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE cart DROP COLUMN holding_since');
    await runner.query('UPDATE stock_item SET reserved = 0');
    await super.down(runner);
  }
}
