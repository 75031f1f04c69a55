import type { QueryRunner } from 'typeorm';
import { PortableMigration } from './portable-migration.js';

/** Finds the accounts that were never confirmed without reading all the others. */
export class UnconfirmedCustomers1730000000017 extends PortableMigration {
  readonly name = 'UnconfirmedCustomers1730000000017';

  protected readonly tables = [];

  protected statements(): readonly string[] {
    return [
      `CREATE INDEX ix_customer_unconfirmed
        ON customer (updated_at, id)
        WHERE verified_at IS NULL AND erased_at IS NULL`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    const isMssql = runner.dataSource.options.type === 'mssql';
    await runner.query(`DROP INDEX ix_customer_unconfirmed${isMssql ? ' ON customer' : ''}`);
  }
}
