import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Which locations are sold from, and from where what was ordered was taken. */
export class SellingLocations1730000000037 extends PortableMigration {
  readonly name = 'SellingLocations1730000000037';

  protected readonly tables = [];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `ALTER TABLE location ADD sale_priority ${t.integer}`,
      `ALTER TABLE sales_order_line ADD taken_from_json ${t.longText}`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sales_order_line DROP COLUMN taken_from_json');
    await runner.query('ALTER TABLE location DROP COLUMN sale_priority');
  }
}
