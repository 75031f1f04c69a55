import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, type ColumnTypes } from '../schema/column-types.js';

/**
 * A migration in the words both dialects share: CREATE TABLE and CREATE INDEX with types from
 * {@link ColumnTypes}. Columns are made right the first time; changing one is add, copy, drop.
 */
export abstract class PortableMigration implements MigrationInterface {
  protected abstract statements(types: ColumnTypes): readonly string[];
  /** In the order of creation; dropped in reverse. */
  protected abstract readonly tables: readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    const dialect = runner.dataSource.options.type === 'mssql' ? 'mssql' : 'sqlite';
    for (const statement of this.statements(columnTypes(dialect))) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...this.tables].reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
