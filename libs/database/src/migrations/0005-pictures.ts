import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Pictures that the installation holds itself, and which picture shows a variant. */
export class Pictures1730000000005 extends PortableMigration {
  readonly name = 'Pictures1730000000005';

  protected readonly tables = ['picture'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE picture (
        path ${t.key(200)} NOT NULL PRIMARY KEY,
        content_type ${t.key(100)} NOT NULL,
        body ${t.longText} NOT NULL
      )`,
      `ALTER TABLE product_variant ADD image_url ${t.text(2000)}`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE product_variant DROP COLUMN image_url');
    await super.down(runner);
  }
}
