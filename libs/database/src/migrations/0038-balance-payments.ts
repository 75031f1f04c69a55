import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

const INDEX = 'ix_payment_balance';

/**
 * Further payments of an order, of what edits added to it. A release before this one counts on one row for an order, so the row of a
 * further payment has its own id in `order_id`, and the order in `balance_of`.
 */
export class BalancePayments1730000000038 extends PortableMigration {
  readonly name = 'BalancePayments1730000000038';

  protected readonly tables = [];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `ALTER TABLE payment ADD balance_of ${t.id}`,
      `ALTER TABLE payment ADD added_json ${t.longText}`,
      `CREATE INDEX ${INDEX} ON payment (balance_of) WHERE balance_of IS NOT NULL`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    const isMssql = runner.dataSource.options.type === 'mssql';
    await runner.query(`DROP INDEX ${INDEX}${isMssql ? ' ON payment' : ''}`);
    await runner.query(`ALTER TABLE payment DROP COLUMN added_json`);
    await runner.query(`ALTER TABLE payment DROP COLUMN balance_of`);
  }
}
