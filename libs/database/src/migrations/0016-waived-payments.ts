import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

const DEFAULT = 'df_payment_waived_minor';

/** What of a payment is no longer owed. */
export class WaivedPayments1730000000016 extends PortableMigration {
  readonly name = 'WaivedPayments1730000000016';

  protected readonly tables = [];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `ALTER TABLE payment ADD waived_minor ${t.integer} CONSTRAINT ${DEFAULT} DEFAULT 0 NOT NULL`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type === 'mssql') {
      await runner.query(`ALTER TABLE payment DROP CONSTRAINT ${DEFAULT}`);
    }
    await runner.query(`ALTER TABLE payment DROP COLUMN waived_minor`);
  }
}
