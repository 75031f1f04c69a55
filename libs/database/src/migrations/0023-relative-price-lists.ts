import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Price lists without prices of their own: a rule says what they make of the base prices. */
export class RelativePriceLists1730000000023 extends PortableMigration {
  readonly name = 'RelativePriceLists1730000000023';

  protected readonly tables = [];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `ALTER TABLE price_list ADD name ${t.text(200)}`,
      `ALTER TABLE price_list ADD rule_json ${t.longText}`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM price_list WHERE rule_json IS NOT NULL');
    await runner.query('ALTER TABLE price_list DROP COLUMN rule_json');
    await runner.query('ALTER TABLE price_list DROP COLUMN name');
  }
}
