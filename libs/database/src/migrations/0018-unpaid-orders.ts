import type { QueryRunner } from 'typeorm';
import { PortableMigration } from './portable-migration.js';

/** Finds the orders whose card payment was never authorised without reading all the others. */
export class UnpaidOrders1730000000018 extends PortableMigration {
  readonly name = 'UnpaidOrders1730000000018';

  protected readonly tables = [];

  protected statements(): readonly string[] {
    return [
      `CREATE INDEX ix_sales_order_unpaid_card
        ON sales_order (placed_at, id)
        WHERE state = 'open' AND payment_state = 'pending' AND payment_method = 'card'`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    const isMssql = runner.dataSource.options.type === 'mssql';
    await runner.query(`DROP INDEX ix_sales_order_unpaid_card${isMssql ? ' ON sales_order' : ''}`);
  }
}
