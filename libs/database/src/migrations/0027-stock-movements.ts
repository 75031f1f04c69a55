import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** What a movement of stock refers to: a delivery note, a count, a transfer. */
export class StockMovements1730000000027 extends PortableMigration {
  readonly name = 'StockMovements1730000000027';

  protected readonly tables = [];

  protected statements(t: ColumnTypes): readonly string[] {
    return [`ALTER TABLE stock_ledger ADD reference ${t.text(200)}`];
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE stock_ledger DROP COLUMN reference');
  }
}
