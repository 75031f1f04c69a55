import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Since when shoppers could first see a product. Of those that are there nobody wrote it down: it is when they were made. */
export class PublishedProducts1730000000035 extends PortableMigration {
  readonly name = 'PublishedProducts1730000000035';

  protected readonly tables = [];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `ALTER TABLE product ADD published_at ${t.integer}`,
      `UPDATE product SET published_at = created_at WHERE status = 'active'`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE product DROP COLUMN published_at');
  }
}
