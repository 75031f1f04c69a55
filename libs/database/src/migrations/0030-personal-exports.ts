import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Files with what is known of a person, in pieces. */
export class PersonalExports1730000000030 extends PortableMigration {
  readonly name = 'PersonalExports1730000000030';

  protected readonly tables = ['personal_export', 'personal_export_chunk'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE personal_export (
        id ${t.id} NOT NULL PRIMARY KEY,
        customer_id ${t.id} NOT NULL,
        job_id ${t.id} NOT NULL,
        requested_by ${t.id},
        chunk_count ${t.integer} NOT NULL,
        size_bytes ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        finished_at ${t.integer},
        expires_at ${t.integer} NOT NULL
      )`,
      `CREATE INDEX ix_personal_export_customer ON personal_export (customer_id, id)`,
      `CREATE INDEX ix_personal_export_expires ON personal_export (expires_at, id)`,

      `CREATE TABLE personal_export_chunk (
        export_id ${t.id} NOT NULL,
        sequence ${t.integer} NOT NULL,
        content ${t.longBytes} NOT NULL,
        CONSTRAINT pk_personal_export_chunk PRIMARY KEY (export_id, sequence),
        CONSTRAINT fk_personal_export_chunk_export
          FOREIGN KEY (export_id) REFERENCES personal_export (id)
      )`,
    ];
  }
}
