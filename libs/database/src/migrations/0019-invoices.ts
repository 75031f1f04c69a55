import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

const ATTACHMENT = ['attachment_source', 'attachment_id'] as const;

/** Invoices and credit notes with their numbers; what is sent with a mail. */
export class Invoices1730000000019 extends PortableMigration {
  readonly name = 'Invoices1730000000019';

  protected readonly tables = ['invoice_series', 'invoice'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE invoice_series (
        store_id ${t.id} NOT NULL,
        series ${t.key(20)} NOT NULL,
        last_number ${t.integer} NOT NULL,
        CONSTRAINT pk_invoice_series PRIMARY KEY (store_id, series)
      )`,

      `CREATE TABLE invoice (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        order_id ${t.id} NOT NULL,
        subject_id ${t.id} NOT NULL,
        kind ${t.key(20)} NOT NULL,
        number ${t.key(40)} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        total_minor ${t.integer} NOT NULL,
        content_json ${t.longText} NOT NULL,
        issued_at ${t.integer} NOT NULL,
        CONSTRAINT fk_invoice_order FOREIGN KEY (order_id) REFERENCES sales_order (id)
      )`,
      `CREATE UNIQUE INDEX ux_invoice_subject ON invoice (subject_id)`,
      `CREATE UNIQUE INDEX ux_invoice_number ON invoice (store_id, number)`,
      `CREATE INDEX ix_invoice_order ON invoice (order_id, issued_at, id)`,
      `CREATE INDEX ix_invoice_store ON invoice (store_id, issued_at, id)`,

      `ALTER TABLE mail ADD attachment_source ${t.key(20)}`,
      `ALTER TABLE mail ADD attachment_id ${t.id}`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    await super.down(runner);
    for (const column of ATTACHMENT) {
      await runner.query(`ALTER TABLE mail DROP COLUMN ${column}`);
    }
  }
}
