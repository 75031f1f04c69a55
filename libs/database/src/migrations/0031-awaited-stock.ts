import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

const DEFAULT = 'df_sales_order_line_is_delayed';
const INDEX = 'ix_sales_order_awaits';

/** What orders wait for that were accepted before their stock was taken. */
export class AwaitedStock1730000000031 extends PortableMigration {
  readonly name = 'AwaitedStock1730000000031';

  protected readonly tables = [];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `ALTER TABLE sales_order ADD awaits ${t.key(20)}`,
      `ALTER TABLE sales_order_line
        ADD is_delayed ${t.flag} CONSTRAINT ${DEFAULT} DEFAULT 0 NOT NULL`,
      `CREATE INDEX ${INDEX} ON sales_order (placed_at, id) WHERE awaits IS NOT NULL`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    const isMssql = runner.dataSource.options.type === 'mssql';
    await runner.query(`DROP INDEX ${INDEX}${isMssql ? ' ON sales_order' : ''}`);
    if (isMssql) await runner.query(`ALTER TABLE sales_order_line DROP CONSTRAINT ${DEFAULT}`);
    await runner.query(`ALTER TABLE sales_order_line DROP COLUMN is_delayed`);
    await runner.query(`ALTER TABLE sales_order DROP COLUMN awaits`);
  }
}
